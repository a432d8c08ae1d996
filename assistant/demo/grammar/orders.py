"""Orders that start with a verb, and questions about the world: all beyond the demo model."""

from .expand import blocks

ENGLISH = blocks(
    {
        "request": """
        [explain|describe|define|summarize|compare|discuss|analyze|list|name|mention|outline] [the |a |some |]{noun}
        [explain|describe|define|summarize|compare|discuss|analyze] {noun} {noun}
        [explain|describe|define] [to me |me |]{noun} [and|or|vs|with] {noun}
        [play|sing|hum|find|show|bring|order|buy|sell|cook|draw|paint|print] [me |][some |a |the |my |]{noun}
        [play|sing|find|show|order|buy|cook|draw|paint] {noun} {noun}
        [translate|spell|pronounce|rewrite|correct|edit] [this|that|it|{noun}|good night|the word {noun}] [into|in|to] {noun}
        [write|compose|create|generate|invent|make|prepare] [me |][a|an|some|the] {noun} [about|for|with|on] {noun}
        [book|reserve|cancel|rent|schedule|arrange] [me |][a|the|my] [table|room|{noun}] [for|in|at|with] [two|{small}|{noun}|{city}]
        [turn|switch] [on|off] the {noun}
        [open|close|start|stop|fix|clean|repair|install|update] [the|my|a] {noun}
        [teach|show] me [how to|to] <verb> [a |the |]{noun}
        [what|who|where|when|why|how] [is|are|was|were|did|does] [the |a |]{noun} [{noun}|work|happen|start|mean|]
        what[ is|'s] [the|a] [best|capital|meaning|price|name|color|size|age] of [the |]{noun}
        who [won|wrote|painted|discovered|invented|built|founded] [the |]{noun}
        how [do|can|should] [I|you|we|people] [make|cook|learn|grow|build|use|find|draw] [a |the |]{noun}
        [is|are] {noun} [good|bad|better than {noun}|dangerous|expensive|healthy]
        [do|does|did|can|will] [you|dogs|people|my <person>] [like|eat|need|know|have] {noun}
        [give|send|tell] me [a|an|the|some] {noun} [about|of|for] {noun}
        [any|some] [news|tips|advice|ideas] [about|on|for] {noun}
        {noun} {noun}
        I [need|want|like|love|hate|study|teach|sell|cook] [a |the |some |]{noun}
        """,
    }
)

PORTUGUESE = blocks(
    {
        "request": """
        [explica|explique|descreve|descreva|define|defina|resume|resuma|compara|compare|lista|liste] [o |a |os |as |]{noun}
        [me |][explica|explique|descreve|descreva|define|resume|fala|conta] [o|a|sobre o|sobre a] {noun} {noun}
        [me |][explica|explique|descreva|defina] {noun} [e|ou|com] {noun}
        [toca|toque|canta|cante|acha|ache|mostra|mostre|traz|traga|pede|compra|vende|cozinha|desenha|pinta] [um |uma |o |a |]{noun}
        [traduz|traduza|soletra|pronuncia|reescreve|corrige|corrija] [isto|isso|{noun}|boa noite|a palavra {noun}] [para|em] {noun}
        [escreve|escreva|cria|crie|inventa|faz|faça|prepara|gera] [um|uma|o|a] {noun} [sobre|para|com|de] {noun}
        [reserva|reserve|marca|marque|cancela|aluga] [um|uma|o|a|minha] [mesa|quarto|{noun}] [para|em|com] [dois|{small}|{noun}|{city}]
        [liga|ligue|desliga|desligue|acende|apaga] [o|a] {noun}
        [abre|abra|fecha|feche|conserta|limpa|instala|atualiza] [o|a|meu|minha] {noun}
        me [ensina|ensine|mostra] [a|como] <verb> [um |uma |o |a |]{noun}
        [o que|quem|onde|quando|por que|como] [é|são|foi|fica|funciona] [o|a|os|as] {noun}[ {noun}|]
        qual [é |][o|a] [melhor|capital|significado|preço|nome|cor|tamanho] [do|da|de] {noun}
        quem [ganhou|escreveu|pintou|descobriu|inventou|fundou] [o|a] {noun}
        como [faço|se faz|posso fazer|cozinho|planto|uso|aprendo] [um |uma |o |a |]{noun}
        [o|a] {noun} [é bom|faz mal|é caro|é melhor que {noun}|é perigoso]
        [você |][gosta de|come|precisa de|tem|conhece] {noun}
        me [dá|dê|manda|envia] [um|uma|o|a] {noun} [sobre|de|para] {noun}
        [alguma|tem] [notícia|dica|ideia] [sobre|de|para] {noun}
        {noun} {noun}
        [eu |][preciso de|quero|estudo|vendo|adoro|odeio] [um |uma |o |a |]{noun}
        """,
    }
)

SPANISH = blocks(
    {
        "request": """
        [explica|explícame|describe|define|resume|compara|lista|enumera|analiza] [el |la |los |las |]{noun}
        [explícame|cuéntame|descríbeme|resúmeme|háblame de|dime sobre] [el|la|los|las] {noun} {noun}
        [explica|explícame|describe|define] {noun} [y|o|con] {noun}
        [toca|canta|busca|muestra|muéstrame|trae|tráeme|pide|compra|vende|cocina|dibuja|pinta] [un |una |el |la |]{noun}
        [traduce|deletrea|pronuncia|reescribe|corrige] [esto|eso|{noun}|buenas noches|la palabra {noun}] [al|a|en] {noun}
        [escribe|escríbeme|crea|inventa|haz|hazme|prepara|genera] [un|una|el|la] {noun} [sobre|para|con|de] {noun}
        [reserva|resérvame|cancela|alquila|agenda] [un|una|el|la|mi] [mesa|habitación|{noun}] [para|en|con] [dos|{small}|{noun}|{city}]
        [enciende|apaga|prende] [el|la] {noun}
        [abre|cierra|arregla|limpia|instala|actualiza] [el|la|mi] {noun}
        enséñame [a|cómo] <verb> [un |una |el |la |]{noun}
        [qué|quién|dónde|cuándo|por qué|cómo] [es|son|fue|queda|funciona] [el|la|los|las] {noun}[ {noun}|]
        cuál es [el|la] [mejor|capital|significado|precio|nombre|color|tamaño] [del|de la|de] {noun}
        quién [ganó|escribió|pintó|descubrió|inventó|fundó] [el|la] {noun}
        cómo [hago|se hace|puedo hacer|cocino|planto|uso|aprendo] [un |una |el |la |]{noun}
        [el|la] {noun} [es bueno|es malo|es caro|es mejor que {noun}|es peligroso]
        [te gusta|comes|necesitas|tienes|conoces] [el |la |]{noun}
        [dame|mándame|envíame] [un|una|el|la] {noun} [sobre|de|para] {noun}
        [alguna|tienes] [noticia|idea|sugerencia] [sobre|de|para] {noun}
        {noun} {noun}
        [necesito|quiero|estudio|vendo|me encanta|odio] [un |una |el |la |]{noun}
        """,
    }
)
