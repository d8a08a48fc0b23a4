"""Pronouns, articles and contractions of six languages."""

from __future__ import annotations

PERSONS = ("i", "you", "he", "she", "it", "we", "they")
SAME_PERSON = {"me": "i", "him": "he", "us": "we", "them": "they", "this": "it", "that": "it"}
SUBJECTS = {
    "de": "ich Sie er sie es wir sie", "fr": "je vous il elle il nous ils",
    "es": "_ _ él ella _ _ _", "it": "_ _ _ _ _ _ _", "pt": "_ você ele ela _ _ eles",
    "nl": "ik u hij ze het we ze",
}  # fmt: skip
OBJECTS = {
    "de": "mich Sie ihn sie es uns sie", "fr": "me vous le la le nous les",
    "es": "me lo lo la lo nos los", "it": "mi La lo la lo ci li", "pt": "me o o a o nos os",
    "nl": "mij u hem haar het ons ze",
}  # fmt: skip
DATIVES = {
    "de": "mir Ihnen ihm ihr ihm uns ihnen", "fr": "me vous lui lui lui nous leur",
    "es": "me le le le le nos les", "it": "mi Le gli le gli ci gli",
    "pt": "me lhe lhe lhe lhe nos lhes", "nl": "mij u hem haar het ons hun",
}  # fmt: skip
STRESSED = {
    "de": "mich Sie ihn sie es uns sie", "fr": "moi vous lui elle cela nous eux",
    "es": "mí usted él ella ello nosotros ellos", "it": "me Lei lui lei esso noi loro",
    "pt": "mim você ele ela isso nós eles", "nl": "mij u hem haar het ons hen",
}  # fmt: skip
OTHER_PRONOUNS = {
    "everyone": "alle tout|le|monde todos tutti todos iedereen",
    "everything": "alles tout todo tutto tudo alles",
    "something": "etwas quelque|chose algo qualcosa algo iets",
    "someone": "jemand quelqu'un alguien qualcuno alguém iemand",
    "nothing": "nichts rien nada niente nada niets",
    "nobody": "niemand personne nadie nessuno ninguém niemand",
    "this": "das cela esto questo isto dit", "that": "das cela eso quello isso dat",
    "there": "es il _ _ _ er", "who": "der qui que che que die",
    "which": "der qui que che que die", "asked": "_ _ _ _ _ _",
}  # fmt: skip
POSSESSIVES = {
    "my": "mein mon mi mio meu mijn", "your": "Ihr votre su suo seu uw",
    "his": "sein son su suo seu zijn", "her": "ihr son su suo seu haar",
    "its": "sein son su suo seu zijn", "our": "unser notre nuestro nostro nosso ons",
    "their": "ihr leur su loro seu hun",
}  # fmt: skip
POSSESSIVE_FORMS = {
    "mon": "mon ma mes mes", "votre": "votre votre vos vos", "son": "son sa ses ses",
    "notre": "notre notre nos nos", "leur": "leur leur leurs leurs",
    "mi": "mi mi mis mis", "su": "su su sus sus", "nuestro": "nuestro nuestra nuestros nuestras",
    "mio": "mio mia miei mie", "suo": "suo sua suoi sue", "nostro": "nostro nostra nostri nostre",
    "loro": "loro loro loro loro", "meu": "meu minha meus minhas", "seu": "seu sua seus suas",
    "nosso": "nosso nossa nossos nossas",
}  # fmt: skip
ARTICLES = {
    "fr": {"the": "le la les les", "a": "un une des des", "this": "ce cette ces ces",
           "that": "ce cette ces ces", "no": "aucun aucune aucun aucune",
           "some": "du de|la des des", "all": "tout|le toute|la tous|les toutes|les",
           "every": "chaque chaque chaque chaque", "many": "_ _ beaucoup|de beaucoup|de",
           "several": "_ _ plusieurs plusieurs", "another": "un|autre une|autre _ _"},
    "es": {"the": "el la los las", "a": "un una _ _", "this": "este esta estos estas",
           "that": "ese esa esos esas", "no": "ningún ninguna ningún ninguna",
           "some": "algo|de algo|de algunos algunas", "all": "todo|el toda|la todos|los todas|las",
           "every": "cada cada cada cada", "many": "mucho mucha muchos muchas",
           "several": "_ _ varios varias", "another": "otro otra otros otras"},
    "it": {"the": "il la i le", "a": "un una _ _", "this": "questo questa questi queste",
           "that": "quel quella quei quelle", "no": "nessun nessuna nessun nessuna",
           "some": "del della dei delle", "all": "tutto|il tutta|la tutti|i tutte|le",
           "every": "ogni ogni ogni ogni", "many": "molto molta molti molte",
           "several": "_ _ diversi diverse", "another": "un|altro un'altra altri altre"},
    "pt": {"the": "o a os as", "a": "um uma _ _", "this": "este esta estes estas",
           "that": "esse essa esses essas", "no": "nenhum nenhuma nenhum nenhuma",
           "some": "algum alguma alguns algumas", "all": "todo|o toda|a todos|os todas|as",
           "every": "cada cada cada cada", "many": "muito muita muitos muitas",
           "several": "_ _ vários várias", "another": "outro outra outros outras"},
}  # fmt: skip
DE_ENDINGS = {
    "nom": "er e es e", "acc": "en e es e", "dat": "em er em en",
}  # fmt: skip
DE_DEFINITE = {"nom": "der die das die", "acc": "den die das die", "dat": "dem der dem den"}
DE_WORDS = {"this": "dies", "that": "dies", "every": "jed", "all": "all", "many": "viel",
            "several": "mehrer", "some": "einig"}  # fmt: skip
FIXES = {
    "de": {"in dem": "im", "an dem": "am", "zu dem": "zum", "zu der": "zur", "bei dem": "beim",
           "von dem": "vom", "in das": "ins", "an das": "ans"},
    "fr": {"de le": "du", "de les": "des", "à le": "au", "à les": "aux", "de des": "de",
           "de du": "du"},
    "es": {"de el": "del", "a el": "al"},
    "pt": {
        f"{word} {article}": f"{short}{article}"
        for word, short in (("de", "d"), ("em", "n"), ("por", "pel"))
        for article in ("o", "a", "os", "as")
    } | {"em um": "em um", "a o": "ao", "a a": "à", "a os": "aos", "a as": "às",
         "de este": "deste", "de esta": "desta", "em este": "neste", "em esta": "nesta"},
    "it": {
        f"{word} {article}": short + end
        for word, short in (("di", "de"), ("a", "a"), ("da", "da"), ("in", "ne"), ("su", "su"))
        for article, end in (("il", "l"), ("lo", "llo"), ("la", "lla"), ("i", "i"),
                             ("gli", "gli"), ("le", "lle"), ("l'", "ll'"))
    },
    "nl": {},
}  # fmt: skip
VOWELS = "aeiouhàâéèêîôûœy"
ELIDED = {"je", "le", "la", "de", "ne", "que", "me", "te", "se"}
BE = {
    "de": "bin ist sind sind sind", "fr": "suis est sommes sont êtes",
    "es": "soy es somos son es", "it": "sono è siamo sono è", "pt": "sou é somos são é",
    "nl": "ben is zijn zijn bent",
}  # fmt: skip
BE_PAST = {
    "de": "war war waren waren waren", "fr": "étais était étions étaient étiez",
    "es": "era era éramos eran era", "it": "ero era eravamo erano era",
    "pt": "era era éramos eram era", "nl": "was was waren waren was",
}  # fmt: skip
BE_INFINITIVE = {
    "de": "sein", "fr": "être", "es": "ser", "it": "essere", "pt": "ser", "nl": "zijn",
}  # fmt: skip
STAY = {"es": "estoy está estamos están está", "pt": "estou está estamos estão está"}
STAY_PAST = {
    "es": "estaba estaba estábamos estaban estaba", "pt": "estava estava estávamos estavam estava",
}  # fmt: skip
HAVE = {
    "de": "habe hat haben haben haben", "fr": "ai a avons ont avez",
    "es": "he ha hemos han ha", "it": "ho ha abbiamo hanno ha", "pt": "tenho tem temos têm tem",
    "nl": "heb heeft hebben hebben heeft",
}  # fmt: skip
HAVE_PAST = {
    "de": "hatte hatte hatten hatten hatten", "fr": "avais avait avions avaient aviez",
    "es": "tenía tenía teníamos tenían tenía", "it": "avevo aveva avevamo avevano aveva",
    "pt": "tinha tinha tínhamos tinham tinha", "nl": "had had hadden hadden had",
}  # fmt: skip
WILL = {
    "de": "werde wird werden werden werden", "fr": "vais va allons vont allez",
    "pt": "vou vai vamos vão vai", "nl": "zal zal zullen zullen zult",
}  # fmt: skip
BECOME = {
    "de": "werde wird werden werden werden", "nl": "word wordt worden worden wordt",
}  # fmt: skip
BECOME_PAST = {
    "de": "wurde wurde wurden wurden wurden", "nl": "werd werd werden werden werd",
}  # fmt: skip
