"""Phrases that the frames of the demo model share in Portuguese: ways to ask, verbs, things, persons."""

from .expand import blocks

RULES = blocks(
    {
        "ask": """
        [você |tu |]pode[s|] me [dizer|falar|informar|contar|responder]
        [pode|poderia|podes|podias|consegue|consegues|podia] [me dizer|dizer-me|me informar|me falar]
        [me diz|me diga|me fala|me fale|diz-me|diga-me|me conta|diga|diz|fala][ aí|, por favor| por favor|]
        [você |tu |]sabe[s|] [me dizer |dizer |]
        [por acaso |]sabe[s|]
        [quero|queria|gostaria de|preciso|preciso de|gostava de] saber
        [posso|podia|poderia|dá para|dava para] saber
        [tem|tens|faz|fazes|alguma|tem alguma] ideia[ de|]
        [será que|acho que] [você sabe|sabes|pode me dizer]
        [me informa|me informe|informe|informa-me|explica|explica-me]
        [não sei|eu não sei|esqueci]
        """,
        "get": """
        [me dá|me dê|dá-me|dê-me|me mostra|me mostre|mostra-me|me passa|me manda|me envia]
        [pode|poderia|podes|consegue] [me dar|dar-me|me mostrar|me passar|mostrar|me enviar]
        [quero|queria|preciso de|gostaria de ter|gostava de ter|eu quero]
        [qual é|qual|veja|vê|confere|confira|verifica|verifique|diz|diga|me diz|me fala]
        """,
        "remember": """
        [você |tu |]ainda [se lembra|lembra|sabe|recorda|te lembras|sabes|lembras]
        [você |tu |]se lembra
        [lembra|lembras|lembra-se|lembras-te|te lembras|recorda|recordas|sabe|sabes]
        [você |tu |][sabe|lembra|recorda|guardou|anotou|gravou|decorou|memorizou|aprendeu|esqueceu]
        [guardaste|anotaste|decoraste|esqueceste|fixaste|aprendeste|memorizaste|esqueceu|já esqueceu]
        [consegue|consegues|pode|podes|poderia|podias] [lembrar|dizer|repetir|me dizer]
        [consegue|consegues|pode|podes|poderia|podias] [me lembrar|recordar|dizer-me]
        [me lembra|me lembre|lembra-me|me repete|repete|repita|me recorda|recorda-me|me fala de novo|me diz]
        [aposto que|acho que|espero que] [você |]não [lembra|sabe|esqueceu|se lembra]
        [aposto que|acho que|duvido que] [você |]já [esqueceu|não lembra|não sabe|se esqueceu]
        [vamos ver|quero ver|deixa ver|vê lá] se [você |]ainda [lembra|sabe|se lembra|recorda]
        [eu |]esqueci
        [me diz|me diga|diz-me|fala|diga] [outra vez|de novo|novamente|lá|se sabe|se ainda lembra]
        será que [você |]ainda [lembra|sabe|recorda]
        """,
        "my_name": """
        [o |]meu nome
        [do |de ]meu nome
        como [eu |]me chamo
        como é que [eu |]me chamo
        qual é [o |]meu nome
        qual [o |]meu nome
        qual era [o |]meu nome
        quem [eu |]sou
        quem sou eu
        o nome que [eu |]te [disse|falei|dei|contei|passei]
        o nome que [eu |]lhe [disse|dei]
        o nome que [eu |][falei|disse|dei|contei]
        qual [é|foi] o nome que [eu |][te |]falei
        que nome [eu |][te |][falei|disse|dei]
        como [você |]deve me chamar
        como [é que |]eu disse que me chamava
        como me apresentei
        """,
        "name_tail": """
        [, prazer|, muito prazer|, prazer em te conhecer|, prazer em conhecer|. prazer]
        [, oi|, olá|, tudo bem|, tudo bom|, como vai]
        [, e você|, e tu|, e o seu|, e você quem é| e você| e o teu]
        [, obrigado|, obrigada|, valeu|, amigo|, viu|, tá|, ok]
        [, e| e] [preciso de ajuda|sou novo aqui|tenho uma pergunta]
        [, e| e] [quero testar isto|gostei disto|moro em {city}]
        [ de|, de|, sou de|, moro em|, falo de|, vivo em| e sou de] {city}
        [, tenho|, e tenho] {small} anos
        [, não esquece|, não esqueça|, lembra disso|, guarda isso|, anota aí|, não te esqueças]
        """,
        "article": "o\na\nO\nA",
        "person": """
        [irmão|pai|cachorro|gato|chefe|amigo|vizinho|marido]
        [professor|filho|primo|tio|avô|namorado|médico|cão]
        """,
        "persona": """
        [irmã|mãe|cachorra|gata|chefe|amiga|vizinha|esposa|professora|filha|prima|tia|avó|namorada|mulher]
        """,
        "thing": """
        [poema|história|música|carta|relatório|email|receita]
        [resumo|discurso|plano|lista|programa|texto|currículo]
        [carro|casa|celular|bilhete|voo|hotel|pizza|mesa]
        [livro|camisa|quarto|presente|médico|telefone|passagem]
        [senha|conta|fatura|pedido|pagamento|entrega|foto|vídeo]
        [contrato|site|reunião|agenda|bolo|viagem|imagem]
        """,
        "verb": """
        [escrever|traduzir|desenhar|reservar|comprar|achar|fazer]
        [explicar|consertar|enviar|pedir|cancelar|arranjar]
        [recomendar|escolher|resumir|ler|ver|abrir|construir]
        [vender|pintar|gravar|tocar|imprimir|pagar|mudar]
        """,
        "imperative": """
        [escreve|escreva|traduz|traduza|desenha|reserva|reserve|compra]
        [compre|acha|faz|faça|explica|explique|manda]
        [envia|envie|pede|peça|cancela|cancele|recomenda|resume|resuma]
        [lê|leia|abre|toca|paga|cria|crie|procura]
        """,
        "field": """
        [a história|a física|o futebol|a política|a música]
        [a biologia|a economia|a filosofia|o xadrez|o direito]
        [a guerra|a lua|o sol|buracos negros|o tempo|os dinossauros]
        [o mar|a cozinha|os carros|o amor|dinheiro]
        [os planetas|computadores|a internet|robôs|animais|árvores]
        [religião|filmes|moda|jogos|viagens|a saúde]
        """,
    }
)
