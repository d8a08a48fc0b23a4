"""Things of usual kinds, for lists of things that a prompt names: fruits, planets, browsers."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

KNOWN: tuple[tuple[str, str], ...] = (
    (
        r"(?:dog|canine) breeds?|breeds? of dogs?",
        "Labrador, Beagle, Poodle, Border Collie, Boxer, Dachshund, Golden Retriever, Corgi",
    ),
    (
        r"(?:cat|feline) breeds?|breeds? of cats?",
        "Siamese, Maine Coon, Persian, British Shorthair, Ragdoll, Bengal, Sphynx, Abyssinian",
    ),
    (
        r"(?:healthy |quick |easy |office |low[- ]calorie )?snacks",
        "apple slices with peanut butter, carrot sticks with hummus, Greek yogurt with berries,"
        " a handful of almonds, a boiled egg, rice cakes with avocado, edamame, roasted chickpeas,"
        " a banana with walnuts, cottage cheese with tomatoes",
    ),
    (
        r"laptops?|notebook computers?",
        "MacBook Air, Dell XPS 13, Lenovo ThinkPad X1, HP Spectre x360, Asus Zenbook, Acer Swift",
    ),
    (
        r"smart ?phones?|mobile phones?|cell ?phones?",
        "iPhone 15, Samsung Galaxy S24, Google Pixel 8, OnePlus 12, Xiaomi 14, Motorola Edge 50",
    ),
    (r"states of matter", "Solid: ice, Liquid: water, Gas: steam"),
    (
        r"hobbies",
        "gardening, photography, chess, hiking, pottery, baking, birdwatching, cycling, drawing,"
        " playing the guitar",
    ),
    (
        r"board games",
        "chess, Catan, Carcassonne, Ticket to Ride, Scrabble, Azul, Pandemic, Dixit, Go, Codenames",
    ),
    (
        r"programming languages?|programmiersprachen?|lenguajes de programación",
        "Python, JavaScript, Go, Rust, Java, Kotlin, Swift, TypeScript, Ruby, C",
    ),
    (
        r"ice cream|flavou?rs?",
        "vanilla, chocolate, strawberry, pistachio, mint, caramel, lemon, coffee, hazelnut, mango",
    ),
    (
        r"fruits?|früchte|obst|frutas?|fruits|frutta",
        "apple, banana, orange, mango, pear, grape, cherry, kiwi, peach, plum",
    ),
    (
        r"vegetables?|gemüse|verduras",
        "carrot, tomato, spinach, onion, pepper, broccoli, cucumber, leek, celery, pumpkin",
    ),
    (
        r"colou?r hex|hex(?:adecimal)? (?:colou?rs?|codes?|values?)|colou?r codes?|hex",
        "#1F77B4, #FF7F0E, #2CA02C, #D62728, #9467BD, #8C564B, #E377C2, #7F7F7F, #BCBD22, #17BECF",
    ),
    (
        r"colou?rs?|farben|colores|couleurs|colori|cores",
        "red, green, blue, yellow, purple, orange, teal, brown, pink, grey, black, white",
    ),
    (
        r"animals?|tiere|animales|animaux|animali|pets?",
        "cat, dog, otter, heron, fox, badger, owl, horse, rabbit, dolphin",
    ),
    (
        r"capitals?|hauptstädte|capitales|capitali",
        "Paris, Berlin, Rome, Madrid, Lisbon, Vienna, Warsaw, Oslo, Athens, Dublin",
    ),
    (
        r"european countries|countr(?:y|ies)|länder|países|pays|paesi",
        "France, Germany, Italy, Spain, Portugal, Poland, Norway, Sweden, Greece, Ireland",
    ),
    (
        r"cit(?:y|ies)|städte|ciudades|villes|città",
        "Paris, London, Rome, Tokyo, Berlin, Madrid, Oslo, Sydney, Toronto, Cairo",
    ),
    (
        r"planets?|planeten|planetas|planètes",
        "Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus, Neptune",
    ),
    (
        r"painters?|artists?|maler|pintores",
        "Claude Monet, Frida Kahlo, Vincent van Gogh, Pablo Picasso, Paul Klee, Edvard "
        "Munch, Georgia O'Keeffe",
    ),
    (
        r"books?|novels?|bücher|libros|livres|libri",
        "Emma, Dracula, Moby-Dick, Middlemarch, Candide, Walden, Ulysses, Persuasion",
    ),
    (
        r"movies?|films?|películas",
        "Metropolis, Casablanca, Vertigo, Psycho, Alien, Jaws, Rocky, Gravity",
    ),
    (
        r"languages?|sprachen|idiomas|langues",
        "English, Spanish, French, German, Japanese, Italian, Portuguese, Hindi, Arabic, Korean",
    ),
    (
        r"adjectives?|adjektive|adjetivos|adjectifs|aggettivi",
        "bright, calm, vivid, gentle, bold, quiet, warm, vast, fresh, steady",
    ),
    (
        r"synonyms?|synonyme|sinónimos|sinonimi|sinônimos",
        "similar, alike, comparable, related, akin, matching, parallel, corresponding",
    ),
    (r"antonyms?|opposites?", "different, contrary, reverse, opposite, unlike, distant"),
    (r"verbs?|verben|verbos|verbes", "run, build, write, carry, listen, plan, grow, share"),
    (r"nouns?|substantive|sustantivos", "river, table, garden, window, letter, bridge, song"),
    (
        r"jobs?|professions?|occupations?|berufe?",
        "teacher, nurse, engineer, baker, pilot, lawyer, farmer, designer",
    ),
    (r"emotions?|feelings?", "joy, fear, anger, surprise, sadness, pride, hope"),
    (r"hobb(?:y|ies)", "reading, hiking, painting, chess, gardening, cooking, running"),
    (
        r"drinks?|beverages?|getränke|bebidas|boissons",
        "water, tea, coffee, orange juice, lemonade, milk, cocoa",
    ),
    (
        r"foods?|dish(?:es)?|meals?|gerichte|platos|plats",
        "pasta, soup, salad, pizza, curry, risotto, paella, sushi",
    ),
    (
        r"herbs?|spices?|kräuter|gewürze",
        "basil, mint, rosemary, thyme, sage, parsley, dill, chives",
    ),
    (
        r"phases of the moon|moon phases",
        "new moon, waxing crescent, first quarter, waxing gibbous, full moon, waning gibbous",
    ),
    (r"trees?|bäume|árboles|arbres", "oak, birch, maple, pine, willow, beech, cedar"),
    (r"flowers?|blumen|flores|fleurs|fiori", "rose, tulip, daisy, lily, orchid, poppy"),
    (r"birds?|vögel|pájaros|oiseaux", "robin, heron, owl, swallow, sparrow, kestrel"),
    (r"elements?(?= of the periodic)|chemical elements?|metals?", "iron, copper, gold, zinc, tin"),
    (
        r"car brands?|cars?|automarken",
        "Toyota, Ford, Volvo, Honda, Fiat, Renault, Skoda, Mazda",
    ),
    (r"sports?", "football, tennis, swimming, hockey, volleyball, rowing, cycling, judo"),
    (r"instruments?", "piano, violin, guitar, flute, drums, cello, trumpet, harp"),
    (
        r"days of the week|weekdays",
        "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday",
    ),
    (
        r"months",
        "January, February, March, April, May, June, July, August, September, October,"
        " November, December",
    ),
    (r"(?:baby |first )?names?|namen|nombres|prénoms|nomi", ""),
    (
        r"spices?|gewürze|especias|épices",
        "cinnamon, cumin, paprika, turmeric, ginger, nutmeg, cardamom, saffron, pepper, cloves",
    ),
    (r"herbs?", "basil, mint, thyme, parsley, rosemary, sage, oregano, dill"),
    (r"cheeses?", "Brie, Cheddar, Gouda, Feta, Parmesan, Camembert, Emmental"),
    (r"currenc(?:y|ies)", "euro, US dollar, yen, pound sterling, Swiss franc, Swedish krona"),
    (r"continents?", "Africa, Antarctica, Asia, Australia, Europe, North America, South America"),
    (r"oceans?", "Pacific, Atlantic, Indian, Southern, Arctic"),
    (r"rivers?", "Nile, Amazon, Danube, Rhine, Mekong, Thames, Volga"),
    (r"mountains?", "Mount Everest, K2, Mont Blanc, Kilimanjaro, Denali, Matterhorn"),
    (r"shapes?", "circle, square, triangle, rectangle, hexagon, oval"),
    (
        r"(?:us|american) states",
        "California, Texas, Florida, New York, Ohio, Oregon, Georgia, Colorado, Maine, Utah",
    ),
    (
        r"sports?",
        "football, tennis, basketball, swimming, volleyball, cycling, rowing, judo, golf, hockey",
    ),
    (
        r"(?:musical )?instruments",
        "piano, violin, guitar, flute, drums, cello, trumpet, harp, clarinet, saxophone",
    ),
    (
        r"desserts?|cakes?",
        "cheesecake, tiramisu, apple pie, brownies, panna cotta, ice cream, pavlova, baklava",
    ),
    (
        r"(?:car|automobile) (?:brands|makers|manufacturers)|cars",
        "Toyota, Volkswagen, Ford, Honda, BMW, Volvo, Fiat, Renault, Mazda, Kia",
    ),
    (
        r"(?:web )?browsers",
        "Firefox, Chrome, Safari, Edge, Opera, Brave, Vivaldi",
    ),
    (
        r"databases?",
        "PostgreSQL, MySQL, SQLite, MongoDB, Redis, MariaDB, Cassandra, Oracle",
    ),
    (r"operating systems?", "Linux, Windows, macOS, FreeBSD, Android, iOS, ChromeOS"),
    (r"gemstones?|gems", "diamond, ruby, sapphire, emerald, topaz, amethyst, opal, garnet"),
    (r"insects?", "ant, bee, beetle, butterfly, dragonfly, grasshopper, moth, wasp"),
    (r"(?:types of )?fish(?:es)?", "salmon, trout, tuna, cod, herring, perch, carp, pike"),
    (
        r"dinosaurs?",
        "Tyrannosaurus, Triceratops, Stegosaurus, Velociraptor, Brachiosaurus, Allosaurus",
    ),
    (
        r"scientists?|physicists?|inventors?",
        "Marie Curie, Albert Einstein, Isaac Newton, Charles Darwin, Nikola Tesla, Ada Lovelace",
    ),
    (
        r"composers?",
        "Bach, Mozart, Beethoven, Chopin, Vivaldi, Brahms, Schubert, Debussy",
    ),
    (r"board games?", "chess, Go, Catan, Carcassonne, Scrabble, backgammon"),
    (r"seasons?", "spring, summer, autumn, winter"),
    (
        r"ingredients?|zutaten|ingredientes",
        "flour, sugar, butter, eggs, milk, vanilla, salt, olive oil",
    ),
    (r"keywords?|tags?|topics?|schlagwörter|palabras clave|mots-clés", "*"),
)
COMPILED = [(make_regex(rf"\b(?:{pattern})\b", re.I), things) for pattern, things in KNOWN]
