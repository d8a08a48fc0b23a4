"""Names of fields by what they hold: flags, whole numbers, amounts, lists."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

BOOLEAN_NAME = make_regex(
    r"^(?:is|has|can|should|was|will|needs|requires?|allows?)[_A-Z]|(?:_|\b)(?:enabled|flag)$"
    r"|^(?:available|disponible"
    r"|disponível|verfügbar|verfuegbar|disponibile|aktiv|activo|actif|attivo|ativo|active"
    r"|enabled|valid|passed|success|verified"
    r"|completed|done|debug|in_?stock|auf_lager|en_stock|vorrätig|lieferbar|disponibilità|urgent"
    r"|flagged)$"
    r"|_(?:allowed|included|accepted|permitted|friendly)$"
    r"|^(?:required|draft|optional|public|remote|paid|vegan|vegetarian|spam|toxic|phishing"
    r"|recommended|vaccinated|neutered|verified|online|on|follow_up"
    r"|approved|eligible|published|archived|subscribed|married|refundable|deprecated)$"
)
INTEGER_NAME = make_regex(
    r"(?:^|_)(?:id|age|alter|edad|idade|âge|età|year|jahr|año|année|anno|ano|count"
    r"|quantity|qty|cantidad|menge|quantité|quantità|quantidade|stock|port|votes"
    r"|pages|population|calories|kalorien|calorías|servings|likes|retweets|shares|replies|views"
    r"|stars|rank"
    r"|position_(?:in|from)_\w+|founded"
    r"|floors|rooms|bedrooms|bathrooms|seats|doors|points|punkte|goals_scored|wins|losses|followers"
    r"|downloads|employees|einwohner|habitantes|habitants|abitanti|población|timeout|retries"
    r"|brightness|volume|battery|battery_level|orders|clicks|visits|signups|legs|wheels|arms|eyes"
    r"|wings|horses|units|moons|units_sold|days|visitors|attendees"
    r"|max_\w+_count|participants_count|(?:min|max)(?:imum)?_length|weeks"
    r"|party_size|group_size|team_size|headcount|nights|adults|guests|passengers|personen|personas"
    r"|replicas|workers|threads|ttl|interval|mileage|horsepower|iat|exp|nbf|page|per_page"
    r"|page_size|(?:max_)?tokens|limit|offset|index|idx|sets|reps|repetitions|number_of_\w+"
    r"|num_\w+)$"
    r"|_ms$|(?:^|_)credits$|_(?:months|days|weeks|years)$|(?:week|day|chapter|step|episode|season"
    r"|lesson)_?number$"
    r"|^(?:nombre|numero|número|nb|num)_(?:de_)?(?:personnes|personas|pessoas|invit\w+|places|nuits"
    r"|noches|noites|adult\w+|enfants|niños|chambres|habitaciones|asistentes|clients|mesas)$"
    r"|(?:^|_)(?:habitaciones|baños|banos|metros|dormitorios|zimmer|quartos|chambres|camere|stanze"
    r"|pièces|pieces|plazas)$"
    r"|(?:^|_)(?:cores|vcpus?|cpus|nodes|instances|portions|porciones|raciones|portionen|porzioni"
    r"|porções|(?:kunden|bestell|artikel)nummer)$"
    r"|^(?:years?|num|number_of|count_of|total_number_of|anzahl)_",
    re.I,
)
NUMBER_NAME = make_regex(
    r"(?:^|_)(?:price|preis|precio|prix|prezzo|preço|cost|amount|total|score|confidence"
    r"|probability|rating|temperature|latitude|longitude|lat|lng|lon|weight"
    r"|height|length|width|depth|diameter|radius|mass|elevation|altitude|area|distance|speed"
    r"|capacity|budget|revenue"
    r"|profit|fee|tax|discount|ratio|percent|protein|carbs|fat|sugar|gewicht|größe|höhe|länge"
    r"|einnahmen|ausgaben|saldo|umsatz|gewinn|kosten|ingresos|gastos|recettes|dépenses|solde"
    r"|entrate"
    r"|uscite|receitas|despesas|income|expenses|balance|spend|savings"
    r"|kcal|entfernung|peso|altura|superficie|hauteur|longueur|usd|eur"
    r"|temperature_[cfk]|wind(?:_\w+)?|humidity(?:_\w+)?|\w+_(?:pct|percent|celsius|hpa|kwh|kmh"
    r"|mph)"
    r"|gpa|\w+_(?:g|mg|ml|kg)|average|avg|mean|median|minimum|maximum|sum|salary(?:_min|_max)?"
    r"|(?:einzel|gesamt|stück|stueck|kauf|netto|brutto)(?:preis|betrag)|subtotal|grand_total"
    r"|deposit"
    r"|percentage|betrag"
    r"|importe|montant)$|(?:^|_)(?:kcal|price|cost)_|(?:^"
    r"|_)(?:gb|mb|kg"
    r"|cm|km|minutes?"
    r"|minuten|minutos"
    r"|seconds|hours?|stunden|horas|duration|dauer|anzahl)$",
    re.I,
)
LIST_NAME = make_regex(
    r"(?:^|_)(?:tags|keywords|genres|ingredients|steps|hobbies|skills|features"
    r"|languages|people|places|topics|examples|entities|palabras_clave"
    r"|mots_cl[ée]s|schlagworte|zutaten|ingredientes|ingrédients|ingredienti|categories"
    r"|colors|names|items|suggestions|pros|cons|persons"
    r"|organizations|locations|action_items|key_points|questions|criteria|acceptance_criteria"
    r"|attendees"
    r"|participants)$",
    re.I,
)
PLURAL = make_regex(r"[a-zà-ÿ]{2,}(?<![siu])s$")
"""The end of a plural in English, French, Spanish and Portuguese."""
NOT_LISTS = frozenset(
    """address status news series hours minutes days seconds sales notes details comments
    instructions
    terms species means contents directions address_details gps sms dns https class plus access
    process progress success business thanks always pays temps cours prix corps avis dias gras
    dimensions conditions specs
    headquarters os as bus gas atlas canvas alias bias pros_cons weeks months years""".split()
)
"""Names with the ending of a plural whose value is one thing."""
GROUPS = frozenset(
    """settings coordinates preferences options metrics statistics stats measurements credentials
    notifications permissions scores macros nutrients attributes""".split()
)
"""Plurals whose members in parentheses are those of one object."""
INDEX_NAME = make_regex(
    r"^(?:correct|answer|right|selected|chosen|best)_(?:\w+_)?(?:index|idx)$", re.I
)
"""A place in a list of a few options."""
YEARS = make_regex(
    r"^(?:years_(?:of_)?experience|experience_(?:in_)?years|years_employed|work_experience_years)$"
)
DAY_NAME = make_regex(
    r"^(?:available_from|valid_(?:from|until|to)|expires(?:_on)?|expiry|expiration|check_?in"
    r"|check_?out|due|birthday"
    r"|deadline|dob)$"
)
MOMENT_NAME = make_regex(
    r"^(?:created|updated|published|modified|deleted|started|finished|completed|shipped|delivered"
    r"|ordered|paid|expires|scheduled|last_login|logged_in|signed_up|registered)_at$"
)
FOUNDED = make_regex(
    r"^(?:founded|year_founded|founded_(?:in|year)|established|founding_year|birth_year"
    r"|year_of_birth)$"
)
YES_NO = make_regex(r"^yes_?(?:or_)?no$")
LIMBS = make_regex(r"^(?:num(?:ber)?_(?:of_)?)?(?:legs|wheels|wings|eyes|arms|doors)$", re.I)
UNIT_RANGE = make_regex(r"^(?:confidence|probability|likelihood)$", re.I)
