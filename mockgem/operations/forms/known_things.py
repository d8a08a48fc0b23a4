"""Things of usual kinds, for lists of things that a prompt names: fruits, planets, browsers."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

KNOWN: tuple[tuple[str, str], ...] = (
    (
        r"mammals?",
        "dog, whale, bat, elephant, horse, dolphin, lion, mouse, bear, kangaroo",
    ),
    (
        r"reptiles?",
        "snake, lizard, turtle, crocodile, gecko, iguana, chameleon",
    ),
    (
        r"amphibians?",
        "frog, toad, salamander, newt, axolotl",
    ),
    (
        r"(?:farm|domestic) animals",
        "cow, pig, sheep, goat, chicken, horse, donkey, duck",
    ),
    (
        r"(?:sea|marine|ocean) (?:animals|creatures)",
        "whale, dolphin, octopus, shark, seal, jellyfish, sea turtle, starfish",
    ),
    (
        r"nocturnal animals",
        "owl, bat, hedgehog, fox, badger, moth, raccoon",
    ),
    (
        r"endangered (?:species|animals)",
        "black rhino, Amur leopard, Sumatran orangutan, vaquita, hawksbill turtle, mountain"
        " gorilla",
    ),
    (
        r"adverbs?",
        "quickly, slowly, often, carefully, quietly, well, never, soon",
    ),
    (
        r"prepositions?",
        "in, on, under, between, behind, above, through, across",
    ),
    (
        r"pronouns?",
        "I, you, he, she, it, we, they, who",
    ),
    (
        r"conjunctions?",
        "and, but, or, because, although, while, if, so",
    ),
    (
        r"prime numbers?",
        "2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37",
    ),
    (
        r"even numbers?",
        "2, 4, 6, 8, 10, 12, 14, 16, 18, 20",
    ),
    (
        r"odd numbers?",
        "1, 3, 5, 7, 9, 11, 13, 15, 17, 19",
    ),
    (
        r"square numbers?|perfect squares",
        "1, 4, 9, 16, 25, 36, 49, 64, 81, 100",
    ),
    (
        r"noble gases",
        "helium, neon, argon, krypton, xenon, radon",
    ),
    (
        r"gases",
        "oxygen, nitrogen, hydrogen, helium, carbon dioxide, methane, neon",
    ),
    (
        r"metals?",
        "iron, copper, gold, silver, aluminium, zinc, tin, lead",
    ),
    (
        r"chemical elements?|elements",
        "hydrogen, oxygen, carbon, nitrogen, iron, gold, helium, calcium",
    ),
    (
        r"vitamins?",
        "vitamin A, vitamin B12, vitamin C, vitamin D, vitamin E, vitamin K",
    ),
    (
        r"organs?(?: of the (?:human )?body)",
        "heart, lungs, liver, kidneys, brain, stomach, skin",
    ),
    (
        r"bones?",
        "femur, tibia, skull, rib, humerus, spine, pelvis",
    ),
    (
        r"muscles",
        "biceps, triceps, quadriceps, hamstrings, deltoid, abdominals, calf",
    ),
    (
        r"body parts",
        "head, arm, leg, hand, foot, shoulder, knee, back",
    ),
    (
        r"(?:renewable|clean) energ(?:y|ies)(?: sources)?|sources of renewable energy",
        "solar power, wind power, hydropower, geothermal energy, biomass, tidal power",
    ),
    (
        r"fossil fuels",
        "coal, crude oil, natural gas",
    ),
    (
        r"sorting algorithms",
        "quicksort, merge sort, bubble sort, insertion sort, heapsort, selection sort",
    ),
    (
        r"data structures",
        "array, linked list, stack, queue, hash map, tree, graph, heap",
    ),
    (
        r"design patterns",
        "singleton, factory, observer, strategy, decorator, adapter, command",
    ),
    (
        r"data types",
        "integer, float, string, boolean, list, dictionary, date",
    ),
    (
        r"http status codes|status codes",
        "200 OK, 201 Created, 301 Moved Permanently, 400 Bad Request, 401 Unauthorized, 404 Not"
        " Found, 500 Internal Server Error",
    ),
    (
        r"(?:web|javascript|frontend|front-end) frameworks",
        "React, Vue, Angular, Svelte, Next.js, Nuxt, SolidJS",
    ),
    (
        r"(?:python) (?:web )?frameworks",
        "Django, Flask, FastAPI, aiohttp, Pyramid, Tornado",
    ),
    (
        r"(?:python) libraries",
        "NumPy, pandas, requests, matplotlib, scikit-learn, pytest, SQLAlchemy",
    ),
    (
        r"(?:cloud|hosting) providers",
        "AWS, Google Cloud, Microsoft Azure, DigitalOcean, Hetzner, OVHcloud",
    ),
    (
        r"(?:linux|unix) (?:distributions|distros)",
        "Debian, Ubuntu, Fedora, Arch Linux, openSUSE, Mint",
    ),
    (
        r"(?:linux|unix|bash|shell|terminal) commands",
        "ls, cd, cp, mv, grep, find, cat, chmod",
    ),
    (
        r"git commands",
        "git clone, git add, git commit, git push, git pull, git branch, git merge",
    ),
    (
        r"search engines",
        "Google, Bing, DuckDuckGo, Ecosia, Startpage, Qwant",
    ),
    (
        r"social (?:media|networks?)(?: platforms| sites| apps)?",
        "Instagram, LinkedIn, TikTok, YouTube, Facebook, Reddit, Mastodon",
    ),
    (
        r"streaming services",
        "Netflix, Disney+, Spotify, YouTube, Prime Video, Apple TV+",
    ),
    (
        r"philosophers",
        "Socrates, Plato, Aristotle, Immanuel Kant, Hannah Arendt, Simone de Beauvoir",
    ),
    (
        r"(?:female|women) scientists",
        "Marie Curie, Rosalind Franklin, Ada Lovelace, Lise Meitner, Jane Goodall, Emmy Noether",
    ),
    (
        r"poets",
        "Emily Dickinson, Pablo Neruda, Rumi, Maya Angelou, John Keats, Rainer Maria Rilke",
    ),
    (
        r"(?:famous )?(?:writers|authors|novelists)",
        "Jane Austen, Leo Tolstoy, Virginia Woolf, Gabriel García Márquez, Toni Morrison, Franz"
        " Kafka",
    ),
    (
        r"(?:shakespeare(?:'s|an)? )?plays by shakespeare|shakespeare(?:'s)? plays",
        "Hamlet, Macbeth, Romeo and Juliet, Othello, King Lear, The Tempest",
    ),
    (
        r"(?:us|american) presidents",
        "George Washington, Abraham Lincoln, Theodore Roosevelt, Franklin D. Roosevelt, John F."
        " Kennedy, Barack Obama",
    ),
    (
        r"(?:greek|roman|norse) gods",
        "Zeus, Athena, Apollo, Hermes, Artemis, Poseidon, Hera",
    ),
    (
        r"deserts",
        "Sahara, Gobi, Atacama, Kalahari, Namib, Mojave",
    ),
    (
        r"islands",
        "Iceland, Madagascar, Sicily, Crete, Borneo, Honshu, Tasmania",
    ),
    (
        r"lakes",
        "Lake Victoria, Lake Baikal, Lake Superior, Lake Geneva, Lake Titicaca, Loch Ness",
    ),
    (
        r"seas",
        "Mediterranean Sea, Baltic Sea, Red Sea, Black Sea, Caribbean Sea, North Sea",
    ),
    (
        r"volcano(?:es|s)",
        "Etna, Vesuvius, Mount Fuji, Kilauea, Cotopaxi, Krakatoa",
    ),
    (
        r"(?:african) countries|countries in africa",
        "Kenya, Nigeria, Egypt, Ghana, Morocco, South Africa, Ethiopia",
    ),
    (
        r"(?:asian) countries|countries in asia",
        "Japan, India, China, Thailand, Vietnam, Indonesia, South Korea",
    ),
    (
        r"(?:south american) countries|countries in south america",
        "Brazil, Argentina, Chile, Peru, Colombia, Uruguay, Bolivia",
    ),
    (
        r"(?:board|card) games",
        "chess, Catan, Uno, Go, poker, Carcassonne, Scrabble",
    ),
    (
        r"video games",
        "Minecraft, Tetris, The Legend of Zelda, Portal, Stardew Valley, Mario Kart",
    ),
    (
        r"dances?",
        "tango, waltz, salsa, ballet, flamenco, hip-hop, samba",
    ),
    (
        r"music genres|genres of music",
        "rock, jazz, classical, hip-hop, electronic, folk, blues, pop",
    ),
    (
        r"(?:film|movie|book|literary) genres",
        "comedy, drama, thriller, science fiction, horror, romance, fantasy",
    ),
    (
        r"pasta (?:shapes|types)|types of pasta",
        "spaghetti, penne, fusilli, farfalle, rigatoni, tagliatelle",
    ),
    (
        r"nuts",
        "almond, walnut, hazelnut, cashew, pistachio, pecan",
    ),
    (
        r"berries",
        "strawberry, blueberry, raspberry, blackberry, cranberry, currant",
    ),
    (
        r"cocktails",
        "mojito, margarita, daiquiri, negroni, cosmopolitan, old fashioned",
    ),
    (
        r"(?:types of )?teas?",
        "green tea, black tea, chamomile, peppermint, oolong, rooibos",
    ),
    (
        r"coffee drinks|types of coffee",
        "espresso, cappuccino, latte, flat white, americano, macchiato",
    ),
    (
        r"breakfast (?:foods|dishes)",
        "oatmeal, scrambled eggs, pancakes, yogurt with fruit, toast with jam, muesli",
    ),
    (
        r"superfoods",
        "blueberries, kale, chia seeds, quinoa, salmon, avocado",
    ),
    (
        r"holidays",
        "Christmas, Easter, New Year, Thanksgiving, Halloween, Diwali",
    ),
    (
        r"natural disasters",
        "earthquake, flood, hurricane, tornado, volcanic eruption, drought, tsunami",
    ),
    (
        r"weather (?:phenomena|conditions|words)",
        "rain, snow, fog, thunderstorm, hail, wind, sunshine",
    ),
    (
        r"(?:soft|interpersonal) skills",
        "communication, teamwork, empathy, problem solving, adaptability, time management",
    ),
    (
        r"(?:job|work) skills",
        "communication, organisation, data analysis, project management, writing, negotiation",
    ),
    (
        r"strengths",
        "reliability, curiosity, clear communication, patience, creativity, organisation",
    ),
    (
        r"(?:school|academic) subjects",
        "mathematics, biology, history, art, geography, physics, music",
    ),
    (
        r"punctuation marks",
        "full stop, comma, question mark, exclamation mark, colon, semicolon, apostrophe",
    ),
    (
        r"literary devices|figures of speech|rhetorical devices",
        "metaphor, simile, alliteration, personification, irony, hyperbole",
    ),
    (
        r"(?:modes|means|forms) of transport(?:ation)?",
        "bicycle, train, bus, car, ship, plane, tram",
    ),
    (
        r"kitchen (?:utensils|tools|appliances)",
        "knife, spatula, whisk, pan, kettle, blender, cutting board",
    ),
    (
        r"(?:hand )?tools",
        "hammer, screwdriver, saw, pliers, drill, wrench",
    ),
    (
        r"(?:pieces of )?furniture",
        "table, chair, sofa, bed, shelf, desk, wardrobe",
    ),
    (
        r"(?:items|pieces) of clothing|clothes|clothing items",
        "shirt, trousers, jacket, dress, scarf, socks, hat",
    ),
    (
        r"(?:yoga) poses",
        "downward dog, tree pose, warrior I, child's pose, cobra, bridge pose",
    ),
    (
        r"(?:bodyweight|gym|strength) exercises",
        "squats, push-ups, lunges, planks, burpees, rows",
    ),
    (
        r"chess pieces",
        "king, queen, rook, bishop, knight, pawn",
    ),
    (
        r"chess openings",
        "Italian Game, Ruy Lopez, Sicilian Defence, French Defence, Queen's Gambit, King's Indian",
    ),
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
