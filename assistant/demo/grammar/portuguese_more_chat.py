"""More greetings, thanks, moods and judgements in Portuguese, by a second author."""

from .expand import blocks

FRAMES = blocks(
    {
        "greet": """
        [oi|olá|opa|ei|alô] [oi|olá|alô] [gente boa|amiguinho|meu caro|minha cara|meu povo|turma|galera]
        [oii|oiii|oiee|olaa|olááá|heyy|eae|iae|koé|coé|oláá|aloha]
        [e aí|eai|fala|salve|coé] [mano|cara|véi|parceiro|brother|galera|meu rei|chefia|campeão]
        [ora viva|viva|boas|então|ora boas|olá viva][, pá|, malta| a todos|]
        [bom dia|boa tarde|boa noite|bom dia, bom dia] [flor|querida|robô|meu caro|família|grupo|do brasil|assistente]
        [bom dia|boa tarde|boa noite] [para todos|para a equipe|pra vocês|a quem lê|a você também]
        [bom diaaa|bomdia|bom dia!!|boa tardee|boa noitee|bdia|bd|bt|bn]
        [oi|olá|ei] [sumido|meu bem|coisa linda|tudo em paz|chefe|doutor|amigão|parceiro]
        [oi|olá|ei] {bot}, [bom dia|boa tarde|boa noite|que bom te ver|voltei|cheguei]
        {bot}[, oi|, olá|, bom dia|, está aí|, boa noite|, estás aí|, cheguei]
        [ei|psiu|ô de casa|toc toc|oi, oi|alô, câmbio][, tem alguém|, alguém aí|, está aí|]
        [estou aqui|cá estou|voltei de novo|apareci|acabei de chegar|olha eu aqui][, oi|, olá|, bom dia|]
        [podemos começar|vamos lá|bora começar|começamos|pronto para conversar|vamos bater um papo]
        [posso falar com você|pode falar agora|tens um minuto|tem um minutinho|está disponível|posso entrar]
        [que bom te encontrar|que saudade|há quanto tempo não falamos|quanto tempo, hein|bons olhos te vejam]
        [saudações|meus cumprimentos|cumprimentos|um olá|um oi|mandando um oi] [cordiais|a todos|do interior|para você|daqui]
        [primeira vez aqui|sou novo por aqui|vim conhecer][, oi|, olá|, bom dia]
        [só passei para dizer oi|vim dar um oi|passando para dar bom dia|só um olá]
        """,
        "thanks": """
        [obrigadão|obrigadíssimo|obg|obgda|obgd|brigadão|vlw|valeuzão|tks|agradecida|agradecido][, viu|, tá|, mesmo|]
        [muito|muitíssimo|super|mil vezes] [obrigado|obrigada|agradecido|grata][, viu| mesmo| pela força|]
        [obrigado|obrigada|valeu|grato] [pela paciência|pela atenção|pela força|pela informação|pela gentileza|pelo apoio]
        [obrigado|obrigada|valeu] por [responder|me ajudar|me ouvir|explicar|avisar|estar aqui]
        [agradeço|agradeço muito|agradecemos] [a ajuda|a sua atenção|o retorno|de coração|a resposta|imenso]
        [fico|ficamos|estou] [muito grato|agradecida|te devendo uma|agradecido|grata][ pela ajuda| mesmo|]
        [era isso|era só isso|tudo certo|resolvido|perfeito], [obrigado|obrigada|valeu|muito grato]
        [você me salvou|salvou o meu dia|quebrou um galhão|me ajudou demais|foi de grande ajuda][, obrigado|, valeu|]
        [deus te abençoe|deus lhe pague|bem haja|que deus te pague|muitas bênçãos][, obrigado|, viu|]
        [valeu|obrigado|obrigada] [mano|cara|meu rei|chefe|querido|meu bem|robô|parceiro|gente]
        [oh|ah|nossa|poxa], [obrigado|obrigada|valeu][ mesmo| pela ajuda|]
        [não sei como agradecer|nem sei como te agradecer|te devo uma|fico te devendo]
        [tá bom|ok|certo|entendi], [obrigado|obrigada|valeu|brigado] [então|mesmo|pela explicação]
        """,
        "bye": """
        [tchau|tchauzinho|xauzinho|adeusinho|flw|fui|até][, viu|, tá|, hein|]
        [até à próxima|até a próxima|até à vista|até outra hora|até qualquer hora|até à noite][, viu|, pessoal|]
        [fica|fique|vai|vá] com deus[, tchau|, até logo|]
        [abraço|beijo|beijos|abraços|bjs|abs|um beijo|um grande abraço][, tchau|, até|, fui|]
        [bom|boa] [descanso, até amanhã|noite, vou dormir|semana, tchau|viagem, adeus]
        [vou|preciso|tenho que] [desligar|encerrar|ir embora|trabalhar|jantar|sair agora][, tchau|, até logo|, falamos depois]
        [por hoje é só|é tudo por hoje|encerramos por aqui|fico por aqui|paramos aqui][, tchau|, até amanhã|]
        [a gente conversa|falamos|conversamos|volto] [amanhã|mais tarde|outro dia|depois|na segunda]
        [me despeço|despeço-me|vou-me embora|já me vou|vou nessa|vazei|partiu][, tchau|, até mais|]
        [tchau|adeus|até logo] {bot}[, até amanhã|, se cuida|, fica bem|]
        [meu ônibus chegou|minha mãe chamou|acabou a bateria|o almoço está pronto], [tchau|até mais|fui|até logo]
        [obrigado|valeu|foi bom conversar|gostei do papo], [tchau|até a próxima|adeus|fui|até mais]
        [durma bem|dorme bem|bons sonhos|bom fim de tarde|bom feriado|bom domingo][, até amanhã|, tchau|]
        """,
        "how": """
        [como|e como] [vai a vida|vão as coisas por aí|tem passado|tens passado|andas|você anda|está hoje]
        [tudo|td] [em cima|nos conformes|jóia|certinho|sussa|beleza|suave|na paz|bem contigo][ aí| com você|]
        [oi|olá|ei|e aí] {bot}, [tudo bem|como vai|como está|como estás|tudo certo|beleza]
        [e aí|eai|fala], [suave|firmeza|tranquilo|tudo na paz|como cê tá|tudo em cima]
        [como vai|como está|como anda] [essa força|o senhor|a senhora|meu amigo|a família|a vida de robô]
        [cê|vc|tu] [tá bem|está bem|tá bom|anda bem|vai bem][ hoje| mesmo|]
        [dormiu bem|acordou bem|passou bem a noite|teve um bom dia|seu dia foi bom|correu bem o dia]
        [que tal|que tal vai|como corre] [o dia|a semana|o trabalho|isso]
        [estou bem|tudo bem por aqui|eu vou bem|vou indo], [e contigo|e por aí|e você como vai|e o senhor]
        [bom dia|boa tarde|boa noite], [como tem passado|como vai o senhor|está tudo bem|tudo certo por aí|como passou]
        [espero que esteja bem|espero que estejas bem], [como vai|tudo certo|como está]
        """,
        "joke": """
        [sabe|conhece|tem] [alguma|uma] [piada|anedota|coisa engraçada][ curta| de papagaio| de português| para crianças|]
        [me anima|me alegra|preciso rir|quero gargalhar|me diverte], [conta uma piada|diz uma piada|uma piada]
        [conta|conte|manda|solta|diz] [aí |lá ]uma [piada|anedota|piadinha|boa piada]
        [piada|piadinha|anedota] [de computador|do dia|ruim|curta|sem graça|por favor]
        [queria|gostava de|gostaria de|quero] [ouvir uma piada|ouvir uma anedota|dar risada|escutar uma boa piada]
        [você é|és] engraçado? [conta uma piada|então faz-me rir|prova com uma piada]
        [estou entediado|que tédio|dia chato], [conta uma piada|me faz rir|diz uma piada]
        [mais uma|outra|conta mais uma|outra dessas] [piada|anedota][ melhor| diferente|]
        {bot}, [conta uma piada|me faz rir|sabe uma piada|diz uma anedota]
        """,
        "sad": """
        [estou|ando|me sinto|tenho estado] [arrasado|arrasada|desanimado|desanimada|perdida na vida|sem esperança|angustiado|exausta]
        [hoje|essa semana|este mês] [foi difícil|foi horrível|só chorei|me derrubou|nada deu certo|foi um desastre]
        [terminei meu namoro|meu namorado me deixou|fui demitido|perdi meu amigo|briguei com a minha mãe|fui traída]
        [meu <person>|minha <persona>] [está no hospital|faleceu|ficou doente|me deixou|não fala comigo]
        [ninguém me entende|ninguém me liga|não tenho ninguém|me sinto invisível|estou sem chão|a solidão dói]
        [estou|tô] [com o coração partido|de coração partido|numa fase ruim|muito em baixo|na pior|sem ânimo|para baixo]
        [não aguento mais|que vida triste|tudo dá errado|nada dá certo|quero sumir daqui|só dá vontade de chorar]
        [chorei|sofri|passei mal] [o dia todo|a noite inteira|ontem|muito hoje]
        [reprovei|fui mal|tirei nota baixa] [na prova|no exame|de novo|na escola]
        [tenho medo|estou preocupado|estou nervosa|estou ansioso] [com tudo|hoje|com o futuro|com a minha saúde]
        """,
        "happy": """
        [estou|tô|ando] [radiante|nas nuvens|super feliz|realizado|realizada|eufórica|de bom humor|contente da vida]
        [passei|fui aprovado|fui aceita] [no vestibular|no concurso|na entrevista|na faculdade|no exame]
        [meu filho nasceu|vou ser pai|vou ser avó|fiquei noiva|casei hoje|comprei minha casa]
        [que alegria|que felicidade|que dia maravilhoso|que maravilha de dia|estou tão feliz|que emoção]
        [ganhei|consegui] [o prêmio|um aumento|na loteria|uma promoção|a vaga|a bolsa]
        [rsrsrs|kkkkk|kkkkkk|hahahaha|hehehe|ahahah|huahua|lol|morri de rir|chorei de rir]
        [a vida é linda|a vida está boa|tudo deu certo|deu tudo certo hoje|hoje nada me derruba]
        [hoje|esta semana] [só tive alegrias|tudo correu bem|recebi boas notícias|deu tudo certo]
        [meu time ganhou|somos campeões|as férias chegaram|é sexta-feira, que bom|chegou o verão, oba]
        [me sinto|sinto-me] [ótimo|nas nuvens|em paz|realizada|muito melhor|leve|abençoado]
        """,
        "ok": """
        [ok|okay|okey|oki|okk|tabom|tá ok|tudo ok|certinho|certíssimo|fechou|fechado|combinado|feito|show|top]
        [entendido|anotado|compreendido|percebido|captei|saquei|tô ligado|ciente|de acordo|concordo]
        [tudo bem então|está bem então|pode deixar|deixa estar|deixa assim|fica assim|pois é|pois então|é isso]
        [sim|claro|certo|isso][, pode ser|, sem dúvida|, com certeza|, isso mesmo|, tudo bem]
        [não|nem][, deixa| pensar|, obrigado, deixa|, não precisa|, por enquanto não]
        [deixa quieto|deixa pra depois|esquece isso|não importa|não tem problema|não foi nada|não esquenta]
        [vou pensar|deixa eu ver|já volto|um segundo|só um instante|espera aí|calma|aguarda|peraí]
        [hum|hmm|ah|ahn|é][, entendi|, tá|, sei|, ok|, faz sentido]
        [que seja|assim seja|por mim tudo bem|como quiser|tanto me faz|você que sabe|tu é que sabes]
        """,
        "praise": """
        [você é|és|tu és|vc é] [um amor|um anjo|uma figura|o cara|nota dez|muito prestativo|uma maravilha|um espetáculo|show]
        [que|mas que] [resposta boa|assistente bom|robô esperto|atendimento ótimo|coisa boa|rapidez|educação]
        [mandou|mandaste] [muito bem|bem demais|super bem][, parabéns|, gostei|]
        [gostei|gostei muito|gosto] [da sua resposta|do atendimento|de conversar contigo|do seu jeito|de ti]
        [parabéns|palmas|aplausos|nota mil] [para você|pelo trabalho|pela resposta|pelo atendimento|ao robô]
        [melhor|o melhor] [bot|assistente|robô|atendimento] [que já vi|do mundo|de todos|da internet]
        [você|tu] [sabe muito|acerta sempre|responde bem|nunca falha|me impressiona|fala bonito]
        [isso foi|foi|que] [brilhante|sensacional|espetacular|genial|lindo|perfeito demais]
        [te amo|te adoro|gosto muito de você|sou seu fã|és o meu favorito][, {bot}|, robô|]
        [muito bom|bom demais|bem pensado|certíssimo], [robô|parabéns|gostei|você é ótimo]
        """,
        "insult": """
        [você é|és|tu és|vc é] [uma porcaria|um desastre|uma vergonha|um imprestável|muito fraquinho|uma piada ruim|tapado|tonto]
        [que|mas que] [porcaria|bot ruim|atendimento péssimo|resposta idiota|robô tapado|coisa inútil|lixo de bot]
        [você|tu] [só fala besteira|não serve para nada|nunca entende|só erra|não presta|me irrita|é uma decepção]
        [vai|vá] [se danar|catar coquinho|para o inferno|plantar batata|embora, seu inútil]
        [seu|ô seu] [tonto|imbecil|palhaço|lerdo|tapado|imprestável|traste]
        [isso|isto|esta coisa] [é um lixo|não presta para nada|é horrível|só dá raiva|está cada vez pior]
        [resposta|conversa|assistente|robô] [ridícula|sem noção|de quinta|horroroso|fraquinho|patético]
        [estou|tô] [farto|farta|cheio|de saco cheio] de [você|ti|deste robô|suas respostas]
        [o pior bot|o robô mais burro|o assistente mais lento] [que já vi|do mundo|de todos]
        [cala-te|fica quieto|não enche|para de falar|some daqui][, robô|, inútil|, burro|]
        """,
    }
)
