"""Other words for a text: formal or casual ones, synonyms, corrected spelling, another person."""

from __future__ import annotations

import re
from functools import lru_cache

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.word_patterns import join_words


def read_pairs(text: str) -> dict[str, str]:
    """Return the pairs of lines such as "gonna=going to; kids=children"."""
    pairs = (pair.split("=") for pair in " ".join(text.split()).split(";") if "=" in pair)
    return {old.strip(): new.strip() for old, new in pairs}


FORMAL = read_pairs(
    """hey=Good day; hi=Good day; hello=Good day; yeah=yes; yep=yes; nope=no; gonna=going to;
    wanna=want to; gotta=have to; kinda=rather; can't=cannot; won't=will not; don't=do not;
    doesn't=does not; didn't=did not; isn't=is not; aren't=are not; wasn't=was not;
    couldn't=could not; i'm=I am; i'll=I will; i've=I have; i'd=I would; it's=it is; that's=that is;
    we're=we are; we'll=we will; we've=we have; you're=you are; you'll=you will; they're=they are;
    there's=there is; let's=let us; thanks=thank you; sorry=my apologies; kids=children; guys=all;
    stuff=material; get=receive; got=received; need=require; need to=must; help=assist;
    asap=as soon as possible;
    fyi=for your information; pls=please; u=you; ur=your; ok=acceptable; okay=acceptable;
    a lot of=a great deal of; lots of=many; buy=purchase; ask=enquire; cheers=kind regards;
    mtg=meeting; tmrw=tomorrow; tmr=tomorrow; thx=thank you; msg=message; info=information;
    gimme=give me;
    cant=cannot; wont=will not; sry=my apologies; im=I am; ive=I have; idk=I do not know;
    ty=thank you;
    plz=please; cuz=because; w/=with; r=are; cya=see you; lemme=let me; yall=all of you;
    aint=is not; ain't=is not; dont=do not; btw=by the way; pics=pictures; appt=appointment;
    just a heads up=please note; no worries=please do not worry; let me know=please inform me"""
)
CASUAL = read_pairs(
    """i would like to inform you that=just so you know,; good day=hey;
    hello=hey; dear=hi; cannot=can't; will not=won't; do not=don't;
    does not=doesn't; did not=didn't; is not=isn't; are not=aren't; i am=I'm; i will=I'll;
    i have=I've; it is=it's; that is=that's; we are=we're; we will=we'll; you are=you're;
    thank you=thanks; purchase=buy; receive=get; received=got; require=need; assist=help;
    assistance=help; inform=tell; children=kids; regarding=about; however=but; therefore=so;
    commence=start; sincerely=cheers; kindly=please; additional=more; obtain=get; utilize=use;
    apologies=sorry; apologize=am sorry; going to=gonna; want to=wanna; beverages=drinks;
    beverage=drink; is available in=comes in; are available in=come in; has a capacity of=holds;
    it has=it's got; very=super; individuals=people; provides=gives you; offers=gives you;
    customers=people; excellent=awesome; good=great"""
)
SYNONYMS = read_pairs(
    """big=large; large=sizeable; small=little; help=support; helps=supports; buy=purchase;
    bought=purchased; show=demonstrate; shows=demonstrates; use=employ; uses=employs; start=begin;
    begin=start; began=started; started=began; end=finish; make=create; makes=creates; made=created;
    get=obtain; give=provide; gives=provides; need=require; needs=requires; want=wish for;
    very=highly;
    important=essential; quickly=rapidly; quick=fast; fast=quick; slow=unhurried; easy=simple;
    simple=straightforward; hard=difficult; difficult=challenging; good=excellent; great=excellent;
    bad=poor; new=brand-new; old=former; often=frequently; many=numerous; also=additionally;
    but=yet; because=since; about=concerning; people=individuals; job=position; think=believe;
    said=stated; says=states; announced=revealed; found=discovered; improve=enhance;
    improves=enhances; save=set aside; every day=daily; last=previous; however=nevertheless;
    send=forward;
    customers=clients; company=firm; meeting=session; cancelled=called off; postponed=put off;
    delayed=held up; late=behind schedule; happy=glad; sad=unhappy; angry=upset; tired=exhausted;
    house=home; car=vehicle; children=kids; enough=sufficient; try=attempt; tried=attempted;
    decided=chose; ask=request; asked=requested; allow=permit; allows=permits; build=construct;
    built=constructed; reduce=lower; reduces=lowers; increase=raise; increased=rose;
    again=once more;
    during=throughout; whole=entire; beautiful=lovely; sat=was sitting; walked=strolled;
    jumps=leaps;
    ate=had; lives=resides; works=functions; arrived=came; arrive=come; finished=completed"""
)
SPELLINGS = read_pairs(
    """teh=the; tomorow=tomorrow; recieve=receive; recieved=received;
    definately=definitely; seperate=separate;
    occured=occurred; untill=until; wich=which; beleive=believe; thier=their; alot=a lot;
    wierd=weird;
    tommorow=tomorrow; tommorrow=tomorrow; goverment=government; enviroment=environment;
    adress=address; acording=according; begining=beginning; buisness=business; freind=friend;
    freinds=friends; grammer=grammar; happend=happened; knowlege=knowledge; neccessary=necessary;
    plese=please; pleas send=please send; atachment=attachment; adn=and; exited about=excited about;
    their was=there was;
    their were=there were; you're email=your email; you're package=your package;
    you're order=your order; you're account=your account; you're help=your help;
    you're letter=your letter; you're message=your message; loose my=lose my; realy=really;
    finaly=finally; writting=writing; becuase=because; becouse=because; peopel=people;
    stor=store; hte=the; adn=and; taht=that; wont=won't; cant=can't; im=I'm; ive=I've; i=I;
    dont=don't; doesnt=doesn't; didnt=didn't; isnt=isn't; wasnt=wasn't;
    youre=you're; thats=that's; goed=went; buyed=bought; runned=ran; eated=ate; comed=came;
    teached=taught; catched=caught; thinked=thought; bringed=brought; writed=wrote; sleeped=slept;
    has went=went; have went=went; has goed=went; was went=went; could of=could have;
    should of=should have; would of=would have; more better=better; he go=he goes; she go=she goes;
    it go=it goes; he have=he has; she have=she has; it have=it has; he do=he does; she do=she does;
    their is=there is; their are=there are; your welcome=you're welcome; its a=it's a;
    they was=they were; we was=we were; you was=you were; he were=he was; she were=she was;
    i is=I am; i has=I have; they is=they are; they has=they have; we has=we have; we is=we are;
    he don't=he doesn't; she don't=she doesn't; it don't=it doesn't; peoples=people;
    childs=children;
    informations=information; advices=advice; furnitures=furniture; have been go=have gone"""
)
THIRD_PERSON = read_pairs(
    """i am=they are; i'm=they are; i was=they were; i have=they have; i've=they have;
    i'll=they will; i'd=they would; i=they; me=them; my=their; mine=theirs; myself=themselves;
    we are=they are; we're=they are; we=they; us=them; our=their; ours=theirs; you are=they are;
    you're=they are; you=they; your=their"""
)
FIRST_PERSON = read_pairs(
    """he is=I am; she is=I am; they are=I am; he's=I am; she's=I am; he was=I was; she was=I was;
    they were=I was; he has=I have; she has=I have; he=I; she=I; they=I; him=me; her=my; his=my;
    them=me; their=my; himself=myself; herself=myself; you are=I am; you=I; your=my"""
)
SECOND_PERSON = read_pairs(
    """i am=you are; i'm=you are; i was=you were; i've=you have; i'll=you will; i'd=you would;
    i=you; me=you; my=your; mine=yours; myself=yourself; we are=you are; we're=you are; we=you;
    us=you; our=your; ours=yours; am=are"""
)
NEUTRAL = read_pairs(
    """fireman=firefighter; firemen=firefighters; policeman=police officer; chairman=chairperson;
    mankind=humanity; stewardess=flight attendant; steward=flight attendant; waitress=server;
    waiter=server; salesman=salesperson; businessman=business person; mailman=mail carrier;
    manpower=workforce; man-made=artificial; he=they; she=they; his=their; her=their; him=them;
    himself=themselves; herself=themselves; he is=they are; she is=they are; he has=they have;
    she has=they have; guys=everyone; ladies and gentlemen=everyone; housewife=homemaker;
    actress=actor; spokesman=spokesperson; foreman=supervisor"""
)
KINDS = (
    (r"\b(?:gender[- ]?neutral|neutral|inclusive)\b", NEUTRAL),
    (
        r"\b(?:full,? (?:polite )?sentences?|expand|aggressive|rude|harsh|diplomatic\w*|nicer"
        r"|kinder|formal\w*"
        r"|professional\w*|business\w*|official|polite\w*|respectful\w*|academic|serious)",
        FORMAL,
    ),
    (
        r"\b(?:casual\w*|informal\w*|friendl\w+|relaxed|conversational\w*|slang|chatty|warmer"
        r"|fun|young(?:er)? (?:audience|readers|people|crowd|customers)|teen\w*|gen[- ]?z|kids"
        r"|playful\w*|trendy)\b",
        CASUAL,
    ),
    (r"\b(?:third|3rd)[- ]person\b", THIRD_PERSON),
    (r"\b(?:first|1st)[- ]person\b", FIRST_PERSON),
    (
        r"\b(?:fix\w*|correct\w*|proof-?read\w*|spell\w*|grammar|typos?|mistakes|errors)\b",
        SPELLINGS,
    ),
    (
        r"\b(?:rephrase|paraphrase|reword|rewrite|in other words|differently|another way"
        r"|synonyms)\b",
        SYNONYMS,
    ),
)
COMPILED = [(make_regex(pattern, re.I), words) for pattern, words in KINDS]


def find_style(wish: str) -> dict[str, str]:
    """Return the words to change for a wish such as "more formal"; empty for no known style."""
    return next((words for pattern, words in COMPILED if pattern.search(wish)), {})


def change_words(text: str, words: dict[str, str]) -> str:
    """Return a text with other words where a table has them; capitals stay."""
    if not words:
        return text
    return compile_words(tuple(words)).sub(
        lambda match: keep_capital(match[0], words[match[0].lower()]), text
    )


@lru_cache(maxsize=16)
def compile_words(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’@.-])(?:{join_words(words)})(?![\w'’@-])", re.I)


def keep_capital(old: str, new: str) -> str:
    return new[:1].upper() + new[1:] if old[:1].isupper() and old not in ("I", "I'm") else new
