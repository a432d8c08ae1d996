"""Greetings, feelings and questions about the assistant in Portuguese."""

from .expand import blocks

FRAMES = blocks(
    {
        "greet": """
        [oi|olá|oie|opa|ei|e aí|oiê|alô|ola|oi oi|salve|eai|fala]
        [oi|olá|opa|ei|alô] [amigo|gente|pessoal|querido|de novo|robô]
        [oi|olá|opa|ei|alô] [assistente|você|aí|meu amigo|tudo mundo]
        [oi|olá|opa|ei|bom dia|boa tarde], {bot}
        [oi|olá|ei] {bot}
        [bom dia|boa tarde|boa noite|bom diaa|muito bom dia|ótimo dia]
        [bom dia|boa tarde|boa noite] [{bot}|amigo|a todos|pessoal|gente|para você|meu amigo]
        [oi|olá], [bom dia|boa tarde|boa noite|tem alguém aí]
        [oi|olá], [podemos conversar|voltei|estou de volta|está aí]
        [tem alguém aí|alguém aí|está aí|estás aí]
        [podemos conversar|vamos conversar|você está aí|quero conversar]
        [voltei|estou de volta|sou eu de novo|cheguei|quanto tempo|há quanto tempo|aqui estou|saudações]
        [/start|começar|iniciar|início|vamos começar]
        [prazer em te conhecer|prazer|muito prazer|prazer em conhecer você|prazer em conhecê-lo|um prazer]
        """,
        "bot": """
        [você é|és|tu és|vc é] um [robô|bot|humano|programa|computador|chatbot|robot|ser humano|homem]
        [você é|és|tu és|vc é] uma [pessoa|máquina|pessoa real|pessoa de verdade]
        [você é|és|tu és|vc é] uma [mulher|IA|inteligência artificial]
        [você é|és|tu és] [humano|real|de verdade|artificial|automático|gente|vivo|humana]
        [você é|és|tu és] [um humano|uma pessoa|gente|humano] ou [um robô|uma máquina|um bot|robô]
        [é|isto é|isso é] [um robô|um bot|uma máquina|automático|uma pessoa|uma IA|gente de verdade|robô]
        [estou falando|falo] com [um robô|uma máquina|uma pessoa|um humano|uma IA]
        [estou conversando|estou a falar] com [um robô|uma máquina|uma pessoa|um humano|uma IA]
        [você|vc] é [um robô|uma máquina|humano|uma pessoa], [né|certo|não é|sim|verdade]
        [você |tu ][sente|tem sentimentos|pensa|dorme|come|sonha|respira|tem alma]
        [tem|há|existe] [uma pessoa|alguém|um humano|gente] [aí|atrás disso|do outro lado|respondendo]
        <ask> se você é [um robô|humano|real|uma pessoa|uma máquina|uma IA]
        [robô ou humano|humano ou robô|máquina ou pessoa|pessoa ou robô|robô ou pessoa]
        [então |]você [não é humano|não é uma pessoa|é só um robô|é uma máquina|não é gente]
        """,
        "capabilities": """
        o que [você|tu|vc] [pode|sabe|consegue|podes|sabes|consegues] fazer
        o que [você|vc] [pode|sabe|consegue] fazer [por mim|aqui|exatamente|para mim|então|]
        o que [é que |][você faz|fazes|sabes fazer|vc faz|podes fazer|consegues fazer|faz]
        [quais são|quais] [as |][suas|tuas] [funções|habilidades|capacidades|ferramentas|tarefas]
        [para que|pra que] [você |]serve[s|]
        [para que|pra que] serve [isto|isso|este chat|esta conversa|esse bot]
        como [você|tu|vc] [pode|podes|poderia] [me |]ajudar
        como [é que |]pode[s|] me ajudar
        como [isto|isso|você|este chat] funciona
        em que [você |][pode|podes] [me |]ajudar
        no que [você |]pode [me |]ajudar
        [quais|que] [ferramentas|funções|comandos|opções] [você tem|tens|existem|tem]
        o que [eu |]posso [te |]perguntar
        o que [eu |]posso [fazer|pedir|escrever|dizer] [aqui|a você|]
        [você |]pode me ajudar[ com uma coisa| por favor| com algo|]
        [podes ajudar-me|preciso de ajuda|preciso da sua ajuda|quero ajuda|me ajuda|me ajude|ajuda-me]
        [me mostra|mostra|mostre|me conta] o que [você sabe|sabe|sabes] fazer
        <ask> o que você [faz|sabe fazer|pode fazer|consegue fazer]
        [opções|menu|funções|comandos|recursos|habilidades]
        [tenho uma pergunta|tenho uma dúvida|posso perguntar uma coisa]
        [posso fazer uma pergunta|posso te perguntar algo]
        """,
        "thanks": """
        [obrigado|obrigada|muito obrigado|muito obrigada|valeu|obg]
        [vlw|brigado|brigada|agradeço|muito agradecido]
        [obrigado|obrigada|valeu] [{bot}|pela ajuda|por tudo|mesmo]
        [obrigado|obrigada|valeu] [pela resposta|amigo|pela sua ajuda|pelo seu tempo]
        [obrigado|obrigada|valeu], [ajudou muito|era só isso|é tudo|perfeito]
        [obrigado|obrigada|valeu], [ótimo|até logo|{bot}|isso ajuda]
        [ótimo|perfeito|legal|ok|boa|beleza|fixe], [obrigado|obrigada|valeu|muito obrigado]
        [te agradeço|agradeço muito|ajudou muito|foi útil|isso ajudou|você ajudou muito|mil vezes obrigado]
        """,
        "bye": """
        [tchau|adeus|até logo|até mais|até amanhã|até breve|falou]
        [até já|tchau tchau|xau|fui|até|boa noite e adeus]
        [tchau|adeus|até logo|até mais] [{bot}|amigo|pessoal|por agora|e obrigado|então|gente]
        [até|nos vemos|a gente se vê|nos falamos|vemo-nos] [amanhã|logo|depois|mais tarde]
        [até|nos vemos|a gente se vê|nos falamos|vemo-nos] [em breve|segunda|semana que vem]
        [tenho que ir|preciso ir|vou embora|vou sair|estou de saída]
        [vou dormir|tenho de ir|já vou|estou indo]
        [tenha um bom dia|bom descanso|tem um bom dia|tenha uma boa noite]
        [bom fim de semana|fique bem|se cuida|um abraço]
        ok, [tchau|adeus|até logo|é só isso, tchau]
        """,
        "how": """
        [como vai|como vai você|como está|como você está|como estás]
        [tudo bem|tudo bom|td bem|como vc está|como vão as coisas]
        [oi|olá|bom dia|boa tarde], [tudo bem|tudo bom|como vai|como está|como estás|como você está]
        [tudo bem|tudo bom|como vai|como está] [com você|contigo|aí|hoje|por aí|{bot}|agora|com vc]
        [beleza|tudo certo|tudo joia|tudo tranquilo|tudo em ordem]
        [e aí, beleza|tudo ok|está tudo bem|tás bem]
        [você está bem|está bem|estás bem|como foi o seu dia]
        [como está seu dia|como se sente|como você se sente]
        [estou bem|tudo bem|eu estou bem|tudo ótimo|bem], [e você|e tu|e vc|e contigo|e com você]
        """,
        "joke": """
        [me conta|conta|conte|me conte|conta-me|diz|fala] uma [boa |nova |]piada
        [pode|sabe|você sabe|podes|consegue] [me |]contar uma piada
        [você |]sabe [alguma|uma] piada[ boa|]
        [me faz rir|me faça rir|faz-me rir|uma piada|piada]
        [outra piada|mais uma piada|piada por favor|conta outra]
        [fala|diz|conta|me conta|diga] [algo|alguma coisa|uma coisa] engraçad[o|a]
        [quero|queria] [rir|uma piada|ouvir uma piada|outra piada]
        [conta|me conta] uma anedota
        """,
        "sad": """
        [estou|tô|eu estou|ando] [triste|muito triste|sozinho|cansado|cansada|deprimido]
        [estou|tô|eu estou|ando] [mal|péssimo|doente|com medo|mal hoje]
        [estou|tô] [preocupado|preocupada|chateado|com raiva|sem forças]
        [estou|tô] [chorando|entediado|mal|muito mal|estressado]
        [me sinto|sinto-me|eu me sinto] [mal|triste|só|sozinho|sozinha]
        [me sinto|sinto-me|eu me sinto] [péssimo|cansado|muito mal|vazio|em baixo]
        [tive|foi] um [dia|dia muito] [ruim|horrível|péssimo|difícil|mau|pesado|terrível]
        [perdi meu emprego|ninguém gosta de mim|não tenho amigos|quero chorar]
        [que dia ruim|a vida é difícil|não estou bem]
        [meu <person> morreu|minha <persona> morreu|sinto falta da minha <persona>]
        [tenho saudades|fui mal na prova]
        """,
        "happy": """
        [estou|tô|eu estou] [feliz|muito feliz|ótimo|ótima|contente]
        [estou|tô|eu estou] [animado|animada|alegre|muito bem|apaixonado]
        [me sinto|sinto-me] [bem|ótimo|feliz|muito bem|maravilhoso]
        [kkk|kkkk|haha|hahaha|rsrs|rs|hehe|que engraçado|muito engraçado|que bom|oba|uhul|boa essa|eba]
        [consegui o emprego|passei na prova|hoje é meu aniversário|ganhei]
        [deu certo|a vida é boa|que dia bom]
        [hoje foi um bom dia|tive um ótimo dia|boas notícias|tenho uma boa notícia|vou casar|que dia lindo]
        """,
        "ok": """
        [ok|tá|tá bom|está bem|beleza|certo|sim|claro|entendi|pode ser|isso|uhum|aham|blz|não|nao|bom|ótimo]
        [ok|tá|certo|sim|beleza|bom], [entendi|beleza|tranquilo|sem problema]
        [ok|tá|certo|sim|beleza|bom], [legal|pode ser|compreendo|claro]
        [deixa|deixa para lá|esquece|esqueça|cancela|cancelar]
        [nada|não precisa|deixa pra lá|não é nada|tudo certo]
        [sem problema|não faz mal|tanto faz|agora não|depois]
        [talvez depois|é só isso|só isso|mais nada|não quero nada]
        [compreendo|percebi|faz sentido|hum|hmm|ah ok|ah tá]
        [entendo|interessante|ah|já sei|deixa eu pensar|espera|um momento]
        """,
        "praise": """
        [você é|és|tu és|vc é] [ótimo|o melhor|incrível|muito esperto|demais|legal]
        [você é|és|tu és|vc é] [fofo|gentil|um gênio|muito bom|fixe]
        [você é|és] [maravilhoso|maravilhosa|inteligente|engraçado|muito útil]
        [você é|és] [simpático|simpática|bom nisso|muito gentil]
        [bom trabalho|muito bem|parabéns|bravo|excelente|boa resposta]
        [mandou bem|boa|impressionante|perfeito|arrasou]
        [eu |][gosto|adoro|amo|gostei|adorei] [de |][você|falar com você|isso|este bot]
        [eu |][gosto|adoro|amo|gostei|adorei] [de |][ti|te|deste assistente]
        [isso é|que|isto é|foi] [ótimo|incrível|legal|fantástico|demais]
        [isso é|que|isto é|foi] [muito bom|bacana|maravilha|muito legal]
        [bom|ótimo|esperto|belo] [robô|bot|assistente]
        """,
        "insult": """
        [você é|és|tu és|vc é] [burro|idiota|inútil|ruim|péssimo|feio]
        [você é|és|tu és|vc é] [o pior|muito lento|chato|um lixo|estúpido|fraco]
        [seu|que] [burro|idiota|inútil|robô burro|bot ruim|lixo|chato|bot inútil]
        [bot|robô|assistente|máquina|resposta|programa] [burro|inútil|idiota|ruim|estúpido|péssimo|horrível]
        [eu |][odeio|não gosto de|detesto] [você|este bot|isto|isso|falar com você|esse robô]
        [cala a boca|cale a boca|idiota|isto é inútil]
        [não sabe nada|está errado|você não entende|não entendes nada]
        [isso|isto] não [funciona|ajuda|presta|faz sentido]
        """,
        "languages": """
        [que|quais|em que|em quais] [línguas|idiomas] [você|vc|tu] [fala|entende|conhece|sabe]
        [que|quais|em que|em quais] [línguas|idiomas] [você|vc|tu] [falas|entendes|escreve]
        [você|vc|tu|] [fala|entende|sabe|fala também] [inglês|espanhol|português|francês]
        [você|vc|tu|] [fala|entende|sabe|fala também] [alemão|italiano|chinês]
        [falas|entendes|sabes] [inglês|espanhol|português|francês|alemão|outra língua]
        [você |]fala [outros idiomas|outras línguas|mais alguma língua|outro idioma]
        [pode|consegue|podes|consegues] [falar|escrever] em [inglês|espanhol|português|francês]
        [pode|consegue|podes|consegues] [responder|conversar] em [inglês|espanhol|português|francês]
        quantas línguas [você |][fala|falas|entende|conhece]
        [posso|podemos|dá para] [falar|escrever|perguntar|conversar] em [inglês|espanhol]
        [posso|podemos|dá para] [falar|escrever|perguntar|conversar] em [português|minha língua]
        <ask> [que|quais] [línguas|idiomas] você [fala|entende]
        [só fala português|fala só português|tem em inglês|tem versão em espanhol|é só em português]
        """,
    }
)
