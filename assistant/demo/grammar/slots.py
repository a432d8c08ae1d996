"""Random contents for the places of a frame: names, cities, businesses, topics, numbers and sums."""

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

REAL_NAMES = (
    "Ana Maria João Pedro Paulo Lucas Mateus Marta Sofia Carla Bruno Tiago Rita Inês Beatriz Rafael Camila"
    " Fernanda Juliana Larissa Thiago Gabriel Daniel Miguel Carlos José Luis Javier Pablo Lucía Elena Carmen"
    " Rosa Diego Andrés Sergio Isabel Valentina Mateo Santiago Ximena Guadalupe Begoña Íñigo Raúl Óscar Emma"
    " Oliver James William George Emily Sarah John David Robert Michael Linda Susan Karen Charlotte Henry Jack"
    " Alice Grace Noah Liam Olivia Ethan Priya Arjun Mohammed Fatima Aisha Omar Yusuf Leila Hiroshi Yuki Kenji"
    " Mei Wei Li Chen Ivan Olga Dmitri Natasha Pierre Amélie François Chloé Hans Jürgen Greta Sven Astrid Bjørn"
    " Kwame Amara Chidi Ngozi Zola Tariq Samira Nikos Eleni Giulia Marco Luca Alessandro Zoë Łukasz Agnieszka"
    " Katarzyna Siobhán Aoife Seán Gwyneth Rhys Aroha Kaimana Ingrid Tomás Vitória Caetano Edson Neusa Iara"
    " Simone Leandro Rodrigo Vanessa Patrícia Renata Cláudia Sandra Marcelo Gustavo Felipe Vinícius Débora Letícia"
    " Helena Teresa Joaquim António Manuel Nuno Rui Filipa Joana Catarina Vasco Duarte Gonçalo Benedita Leonor"
    " Alejandro Ricardo Fernando Gonzalo Ignacio Álvaro Nicolás Sebastián Emiliano Gerardo Alma Pilar Rocío Paloma"
    " Noelia Ainhoa Jimena Renata Ramiro Esteban Facundo Abril Dulce Rubén Hugo Adriana Gabriela Mónica Verónica"
    " Thomas Richard Joseph Charles Christopher Matthew Anthony Mark Steven Andrew Joshua Kevin Brian Edward Ronald"
    " Jason Gary Frank Patrick Patricia Jennifer Elizabeth Barbara Jessica Margaret Nancy Lisa Betty Sandra Ashley"
    " Kimberly Donna Michelle Amanda Melissa Deborah Rebecca Laura Cynthia Amy Angela Nicole Samantha Rachel Megan"
    " Bill Bob Tom Jim Joe Sam Ben Dan Kate Meg Liz Sue Jo Al Ed Ty Bo Lu Hope Faith Joy Rose Lily Ivy Dawn May June"
    " Deepak Sunita Anjali Vikram Ravi Lakshmi Nguyen Linh Thuy Minh Somchai Aditya Rahul Pooja Kofi Abena Oluwaseun"
    " Adebayo Chiamaka Sipho Nomvula Hassan Zahra Ibrahim Mustafa Elif Emre Shira Avi Yael Noam Sergei Svetlana Piotr"
    " Marek Jana Petra Milan Dragan Ljubica Mihai Ioana Viktor Zsófia Gábor Matti Aino Lars Freya Sigrid Jakub Wanda"
).split()

HELD_OUT_NAMES = frozenset(
    "Josefina Bartholomew Zainab Thandiwe Úrsula Florentina Ezequiel Rosalind Winifred Obadiah Kaveh Anneliese"
    " Humberto Otávio Jandira Severino Eulália Graciela Eustaquio Nayeli Itziar Xóchitl Baltasar Cuauhtémoc"
    " Philippa Octavia Cornelius Desmond Ottoline Tendai Oyelaran Farrukh Nuru Bogdana Zdeněk Snježana Þórunn"
    " Anastácia Leocádia Belmiro Quitéria Wagner Telmo Socorro Fabiola Heriberto Maritza Yesenia Casimiro Aurelio".split()
)

REAL_CITIES = (
    "Lisbon|Lisboa|Porto|Braga|Madrid|Barcelona|Sevilla|Valencia|London|Paris|Berlin|Rome|Roma|Milano|Vienna|Viena"
    "|New York|Nova York|Nueva York|Los Angeles|San Francisco|Chicago|Boston|Toronto|Mexico City|Ciudad de México"
    "|São Paulo|Rio de Janeiro|Salvador|Recife|Belo Horizonte|Porto Alegre|Curitiba|Brasília|Fortaleza|Buenos Aires"
    "|Montevideo|Santiago|Lima|Bogotá|Quito|Caracas|La Paz|Havana|La Habana|Tokyo|Tóquio|Tokio|Kyoto|Seoul|Beijing"
    "|Shanghai|Hong Kong|Singapore|Bangkok|Mumbai|Delhi|New Delhi|Dubai|Cairo|Lagos|Nairobi|Cape Town|Casablanca"
    "|Sydney|Melbourne|Auckland|Moscow|Istanbul|Athens|Warsaw|Prague|Oslo|Stockholm|Copenhagen|Helsinki|Dublin"
    "|Salt Lake City|Dar es Salaam|Ciudad de Guatemala|Cidade do Cabo|Kuala Lumpur|Ho Chi Minh City|Santa Cruz de la Sierra"
    "|Zürich|Genève|Luanda|Maputo|Miami|Las Vegas|San Juan|Santo Domingo|Washington|Seattle|Vancouver|Montreal"
).split("|")

HELD_OUT_CITIES = frozenset(
    "Reykjavik|Ljubljana|Antananarivo|Ouagadougou|Guayaquil|Florianópolis|Coimbra|Zaragoza|Edinburgh|Kathmandu"
    "|Tegucigalpa|Évora|Manaus|Asunción|Vilnius|Osaka|Denver|Pamplona|Cusco|Marrakesh".split("|")
)

BOTS = "Ada Luma Sol Max Nina Bia Leo Mia Robo Iris Otto Eva Teo Lua Clara Neo Zoe Dora Kiko Aura".split()

TRADES = (
    "Bakery|Traders|Motors|Books|Hotel|Clinic|Foods|Labs|Travel|Bank|Store|Market|Studio|School|Pharmacy|Garden"
    "|Coffee|Pizza|Dental|Group|Solutions|Repairs|Fitness|Law|Toys|Shoes|Optics|Energy|Logistics|Design|Café|Bikes"
).split("|")
KINDS = (
    "Padaria|Clínica|Hotel|Restaurante|Farmácia|Oficina|Livraria|Escola|Pousada|Mercado|Loja|Casa|Bar|Academia"
    "|Panadería|Clínica Dental|Farmacia|Librería|Escuela|Tienda|Taller|Mercería|Ferretería|Café|Studio|The|La|El|O"
).split("|")
QUALITIES = (
    "Bom|Boa|Novo|Nova|Azul|Verde|Real|Central|Feliz|Sorriso|Sol|Mar|Bella|Buena|Nuevo|Rojo|Vida|Lindo|Norte|Sur"
    "|Golden|Happy|Blue|Green|Royal|New|Old|Little|Big|Bright|Silver|Red|Sunny|Fast|Smart|Fresh|Northern|White|Star"
).split("|")

SYLLABLES = (
    "ba be bi bo bu ca ce ci co cu da de di do du fa fe fi go gu ha he hi jo ju ka ke ki ko la le li lo lu ma me mi"
    " mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo xa ya yo za ze zi zo"
    " an en in on un ar er ir or ur as es is os al el il ol am em um shi cha tho qui gue lha nho ção ñe ll ña zh th"
).split()
LETTERS = "abcdefghijklmnopqrstuvwxyz"
UNICODE_LETTERS = "áéíóúâêôãõçñüöäøåłšžčřěğışœæëïàèòùýþð"


def plain(text: str) -> str:
    """Casefold and strip accents, for comparing words."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


HELD_OUT = frozenset(plain(word) for word in HELD_OUT_NAMES) | frozenset(
    plain(word) for word in HELD_OUT_CITIES
)


def held_out(text: str) -> bool:
    """Whether a slot content contains a word that is kept for evaluation."""
    return not HELD_OUT.isdisjoint(re.findall(r"\w+", plain(text)))


def _markov(samples: Sequence[str]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for sample in samples:
        padded = "^^" + sample.lower() + "$"
        for at in range(len(padded) - 2):
            table[padded[at : at + 2]].append(padded[at + 2])
    return dict(table)


_NAME_TABLE = _markov([*REAL_NAMES, *(city.split()[0] for city in REAL_CITIES)])


def _walk(rng: random.Random) -> str:
    state, letters = "^^", ""
    while len(letters) < 13:
        following = rng.choice(_NAME_TABLE[state])
        if following == "$":
            break
        letters += following
        state = state[1] + following
    return letters if len(letters) > 1 else letters + rng.choice(SYLLABLES)


def word(rng: random.Random) -> str:
    """One invented lower-case word."""
    draw = rng.random()
    if draw < 0.4:
        return _walk(rng)
    if draw < 0.75:
        return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 4)))
    length = rng.randint(2, 11)
    alphabet = LETTERS if rng.random() < 0.8 else LETTERS + UNICODE_LETTERS
    return "".join(rng.choice(alphabet) for _ in range(length))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _proper(rng: random.Random, real: Sequence[str], words: Sequence[str]) -> str:
    draw = rng.random()
    if draw < 0.22:
        return rng.choice(real)
    if draw < 0.29:
        return _capital(rng.choice(words))
    made = _capital(word(rng))
    extra = rng.random()
    if extra < 0.02:
        return rng.choice(["O'", "D'", "Mc", "Al-"]) + made
    if extra < 0.05:
        return made + "-" + _capital(word(rng))
    if extra < 0.06:
        return made + rng.choice(["'s", "2", "7", "_", ".", "ito", "zinha", "99", "ão"])
    return made


def name(rng: random.Random, words: Sequence[str]) -> str:
    """A person's name of one to four words; `words` are vocabulary words that may also be names."""
    while True:
        text = _proper(rng, REAL_NAMES, words)
        draw = rng.random()
        if draw < 0.11:
            text += " " + _proper(rng, REAL_NAMES, words)
        elif draw < 0.14:
            text += (
                " " + rng.choice(["da", "de", "dos", "van", "del", "la", "bin"]) + " " + _capital(word(rng))
            )
        elif draw < 0.16:
            text += " " + _proper(rng, REAL_NAMES, words) + " " + _capital(word(rng))
        elif draw < 0.175:
            text = rng.choice(["Dr.", "Mr.", "Mrs.", "Dona", "Don", "Sr.", "Doña", "Dra."]) + " " + text
        elif draw < 0.19:
            text = f"{rng.choice(LETTERS).upper()}. {text}"
        elif draw < 0.2:
            text = f"{rng.choice(LETTERS)}{rng.choice(LETTERS)}".upper()
        if not held_out(text):
            return text


def city(rng: random.Random, words: Sequence[str]) -> str:
    """A city of one to three words, real or invented."""
    while True:
        draw = rng.random()
        if draw < 0.3:
            text = rng.choice(REAL_CITIES)
        else:
            text = _proper(rng, [entry for entry in REAL_CITIES if " " not in entry], words)
            if draw > 0.78:
                before = rng.choice(
                    ["New", "San", "São", "Santa", "Los", "La", "El", "Port", "Saint", "Villa", "Rio"]
                )
                text = f"{before} {text}"
            elif draw > 0.72:
                text = (
                    f"{text} {rng.choice(['City', 'de', 'do', 'del', 'on', 'Beach'])} {_capital(word(rng))}"
                )
            elif draw > 0.66:
                middle = rng.choice(["es", "de", "del", "da", "do", "of", "el", "la", _capital(word(rng))])
                text = f"{text} {middle} {rng.choice(['City', 'Town', 'Ciudad', _capital(word(rng))])}"
            elif draw > 0.63:
                text = f"{rng.choice(['Ciudad', 'Cidade', 'City', 'Ponta', 'Puerto', 'Port'])} {rng.choice(['de', 'do', 'del', 'of'])} {text}"
        if not held_out(text):
            return text


def bot(rng: random.Random, words: Sequence[str]) -> str:
    """The assistant's own name."""
    while True:
        text = rng.choice(BOTS) if rng.random() < 0.25 else _proper(rng, REAL_NAMES, words)
        draw = rng.random()
        if draw < 0.06:
            text += " " + _capital(word(rng))
        elif draw < 0.09:
            text = (
                text.upper()
                if draw < 0.075
                else f"{text} {rng.choice(['Bot', 'AI', 'IA', 'Assistant', '2', '3000'])}"
            )
        if not held_out(text):
            return text


def business(rng: random.Random, words: Sequence[str]) -> str:
    """A business of one to four words."""

    def part() -> str:
        draw = rng.random()
        if draw < 0.3:
            return rng.choice(QUALITIES)
        if draw < 0.4:
            return _capital(rng.choice(words))
        return _capital(word(rng)) if draw < 0.8 else rng.choice(REAL_NAMES)

    while True:
        draw = rng.random()
        if draw < 0.14:
            text = part()
        elif draw < 0.32:
            text = f"{part()} {rng.choice(TRADES)}"
        elif draw < 0.44:
            text = f"{rng.choice(KINDS)} {part()}"
        elif draw < 0.62:
            text = f"{rng.choice(KINDS)} {part()} {part()}"
        elif draw < 0.72:
            text = f"{part()} {part()} {rng.choice(TRADES)}"
        elif draw < 0.82:
            text = f"{rng.choice(KINDS)} {rng.choice(['do', 'da', 'de', 'del', 'of', 'dos', 'y'])} {part()}"
        elif draw < 0.9:
            text = f"{part()} {rng.choice(['&', 'and', 'e', 'y'])} {part()}"
            text += f" {rng.choice(TRADES)}" if rng.random() < 0.5 else ""
        elif draw < 0.95:
            text = f"{rng.choice(KINDS)} {part()} {rng.choice(['de', 'do', 'da', 'del', 'of'])} {part()}"
        else:
            text = f"{part()} {part()} {part()} {rng.choice(TRADES)}"
        mark = rng.random()
        if mark < 0.03:
            text = f"{text} {rng.choice(['24', '24h', '54', '& Co.', 'Ltd', 'Lda', 'S.A.', '2000', '& Sons', 'Inc.'])}"
        elif mark < 0.05:
            first, _, rest = text.partition(" ")
            text = f"{first}'s {rest}" if rest else f"{first}'s"
        elif mark < 0.07:
            text = text.upper() if mark < 0.06 else text.replace(" ", "-", 1)
        if not held_out(text):
            return text


def unknown(rng: random.Random, nouns: Sequence[str]) -> str:
    """A word outside the vocabulary: mostly an ordinary noun, else an invented one."""
    return rng.choice(nouns) if rng.random() < 0.65 else word(rng)


def topic(rng: random.Random, words: Sequence[str], nouns: Sequence[str]) -> str:
    """One to five words that mean nothing in particular."""
    count = rng.choices([1, 2, 3, 4, 5], [3, 4, 4, 2, 1])[0]
    parts = [rng.choice(words) if rng.random() < 0.5 else unknown(rng, nouns) for _ in range(count)]
    if all(part in words for part in parts):
        parts[rng.randrange(count)] = unknown(rng, nouns)
    if rng.random() < 0.1:
        parts[-1] = _capital(parts[-1])
    return " ".join(parts)


def number(rng: random.Random, *, decimals: float = 0.1) -> str:
    """A number as ASCII digits, now and then with a decimal point."""
    digits = rng.choices([1, 2, 3, 4, 5], [25, 40, 20, 10, 5])[0]
    draw = rng.random()
    if draw < 0.1:
        whole = str(rng.randint(1, 99)) + "0" * rng.randint(1, 3)
    elif draw < 0.18:
        whole = "".join(rng.choices(rng.sample("123456789", 2), k=max(2, digits)))
    else:
        whole = str(rng.randint(10 ** (digits - 1) if digits > 1 else 0, 10**digits - 1))
    if rng.random() < decimals * 0.15:
        whole += "." + rng.choice("1234567890") * rng.randint(2, 12)
    elif rng.random() < decimals:
        whole += "." + "".join(rng.choice("0123456789") for _ in range(rng.choices([1, 2, 3], [6, 4, 1])[0]))
    return whole


def hour(rng: random.Random) -> str:
    """A time of the day in digits: 7, 19h, 7:30, 7h30, 7pm."""
    hour = rng.randrange(24)
    half = hour % 12 or 12
    minute = rng.choice(["00", "15", "30", "45", f"{rng.randrange(60):02}"])
    forms = [f"{hour}", f"{half}", f"{half}", f"{hour}:{minute}", f"{hour:02}:{minute}", f"{half}:{minute}"]
    forms += [
        f"{hour}h",
        f"{hour}h{minute}",
        f"{half}{rng.choice(['am', 'pm'])}",
        f"{half} {rng.choice(['am', 'pm'])}",
    ]
    return rng.choice(forms)


def link(rng: random.Random) -> str:
    """A web address."""
    return f"{rng.choice(['https://', 'http://', 'www.', ''])}{word(rng)}.{rng.choice(['com', 'org', 'net', 'io'])}"


def gibberish(rng: random.Random) -> str:
    """Keys hit at random, or signs only."""
    if rng.random() < 0.3:
        return rng.choice(
            ["?", "??", "???", "...", "!!!", "👍", "😂😂", "🤔", "❤️", "🙏", "-", "!?", "😀", "🔥", "@@@"]
        )
    return "".join(rng.choice(LETTERS) for _ in range(rng.randint(3, 14)))
