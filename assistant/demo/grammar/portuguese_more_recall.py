"""More ways to ask for one's own name and to introduce oneself in Portuguese, by a third author."""

from .expand import blocks

FRAMES = blocks(
    {
        "ask_name": """
        [qual é|qual era|qual foi|como é|como era] mesmo [o |]meu nome[ então| afinal| hein|]
        [meu|o meu] [nominho|nome próprio|primeiro nome|nome de batismo|nome de usuário] [é qual|qual é|qual era|você sabe|sabes]
        [meu nome|o meu nome][...|??|, hein| é...| mesmo| pf]
        [meu nome|o meu nome] [qual é que é|é que é qual|é mesmo qual|era mesmo qual|como é que era]
        [nome|o nome] [do|deste] [cliente|usuário|utilizador] [aqui|que está a falar|que te escreve], [qual é|sabes|sabe]
        [antes de continuarmos|antes de seguirmos|antes de avançar|antes de fechar o pedido|antes de tudo], [podes|pode|consegue] dizer [como me chamo|qual é o meu nome|o meu nome]
        [antes de te fazer outra pergunta|antes de pedir mais alguma coisa|antes de pagar|antes de desligar], [como é que me chamo|qual é o meu nome|confirma o meu nome|quem sou eu]
        [vamos|quero|queria|deixa-me|deixa eu|gostava de] ver se [anotaste|anotou|apanhaste|pegou|registaste|registrou|fixaste] [bem |mesmo |]o meu nome
        [é só para ver|é para ver|só para testar|só quero testar|estou a ver] se [anotou|guardaste|apanhou|pegou] [o meu nome|quem eu sou|como me chamo]
        [deixa-me|deixa eu|vou] testar: [como é que eu me chamo|que nome te dei|sabes quem eu sou|qual é o meu]
        [testando a memória|teste rápido|primeiro teste|pergunta de teste|teste surpresa][:|,| -] [como é que eu me chamo|que nome é o meu|eu sou quem|meu nome é]
        [podes|podias|pode|poderia|consegues|consegue] [soletrar|escrever por extenso|dizer em voz alta|repetir devagar|digitar] o meu nome
        [soletra|soletre|escreve|escreva|digita|repita|mostra] o meu nome [letra por letra|com todas as letras|tal como te disse|sem erros|em maiúsculas|devagar]
        [o meu nome|meu nome], [letra por letra|com todas as letras|por extenso|em maiúsculas][, por favor|, se faz favor|]
        [em uma palavra|numa palavra|numa só palavra|numa palavra só][:|,] [qual é o meu nome|como me chamo|o meu nome|quem sou eu]
        [é capaz de|és capaz de|seria capaz de|eras capaz de|saberia|saberias] [dizer|me dizer|repetir] [como me chamo|o meu nome|quem eu sou]
        [não te esqueceste|não se esqueceu|não esqueceu|não vais esquecer|já não te lembras] do meu nome[, pois não|, né|, certo|, espero|, ou esqueceste|]
        [não me digas que|não vai me dizer que|só falta dizer que|será que] [já |]não [te lembras|se lembra|sabes|sabe] [de |]como [eu |]me chamo
        [esqueceste-te|já te esqueceste|você se esqueceu|esqueceu-se|vc esqueceu] [de mim|de quem sou|de como me chamo|do meu nome][, foi|, não foi|]
        [ainda não|você ainda não|tu ainda não] [esqueceu|esqueceste] [o meu nome|quem sou|como me chamo], [ou já|né|pois não|verdade]
        [lembras-te|te lembras|você se lembra|se lembra|lembra-se|tá lembrado|está lembrado] [de |]como [é que |][eu |]me [chamo|chamava|apresentei]
        [lembras-te|você se lembra|está lembrado|tá lembrada|recorda-se] [do meu nome|de quem sou|de quem eu sou|de quem te fala]
        [lembra-se|você recorda|tu lembras|recordas-te] d[o nome que te dei|o nome que eu disse|a primeira coisa que disse, o meu nome|aquele nome que escrevi]
        [sabes|sabe|vc sabe|cê sabe|tu sabe|você sabe] [qual é |]o meu [nome|primeiro nome|nome todo] [afinal|já|ou nem por isso|de cor|de cabeça|ainda]
        [sabes|sabe|você sabe|vc sabe] como [é que |é |][eu |]me chamo[ ou não| afinal| de verdade|]
        [sabes|sabe|você tem noção de|faz ideia de] com quem [é que |][estás a falar|está a falar|tá falando|estás a conversar|está teclando]
        [estás a ver|tá vendo|já viste|viu] quem [eu sou|é que sou eu|está aqui], [como me chamo|qual é o meu nome|diz o meu nome]
        [disseste|você disse|prometeste|prometeu] que [ias lembrar|ia lembrar|não esquecia|ia guardar] [o |]meu nome[, então qual é|, lembra|. então|, e aí]
        [eu pedi|pedi-te|te pedi] para [guardar|guardares|anotar|lembrares] o meu nome[, qual é|, guardaste|, diz lá|, ainda tens]
        [quando|na altura em que|no momento em que] [comecei|comecei a conversa|mandei a primeira mensagem|falei contigo pela primeira vez], [que nome dei|que nome disse|como me apresentei]
        [na primeira mensagem|na minha primeira frase|logo na entrada|na apresentação|lá em cima], [que nome eu disse|como é que eu disse que me chamava|qual foi o nome que dei]
        [na primeira mensagem|lá em cima|há um bocado|agorinha|agora há pouco|há bocado] [eu |][te disse|falei|escrevi|disse] [o meu nome|quem sou|como me chamo], [qual era|repete|lembras-te|copia aqui]
        [há bocado|há pouco|agora há pouco|mais cedo|ainda agora] [apresentei-me|me apresentei], [como é que foi|com que nome|que nome dei|lembras-te do nome]
        [como o quê|por que nome|com que nome|como quem|sob que nome] [é que |][eu |][me apresentei|me identifiquei|me dei a conhecer]
        apresentei-me [como|com que nome|como quem|como o quê][ mesmo|]
        me apresentei [com que nome|como quem|como o quê|usando que nome][ mesmo|]
        [eu disse|eu falei|foi dito|você ouviu] que [eu |]me chamava [o quê|como mesmo|o que mesmo|como]
        [disse|falei|contei|escrevi] que [era quem|o meu nome era qual|me chamava de que jeito|era quem mesmo]
        [como é que|de que modo|de que maneira] [ficou|está|ficaste com|você ficou com] o meu nome [escrito|guardado|anotado|registado|registrado][ aí|]
        [tem|tens|há|ficou] [o meu nome|algum nome meu|o meu nome apontado|o meu nome registado|meu nome salvo] [aí no sistema|nas tuas notas|no histórico|na conversa|na tua ficha][, qual é|, e qual é|]
        [lê|leia|procura|veja|busca|olha] [no histórico|nesta conversa|aí em cima|no que escrevi|nas minhas mensagens] [qual é o meu nome|como me chamo|o nome que dei]
        [qual é o nome que|que nome é que|que nome] [tens|está|consta|ficou|você tem] [registado|registrado|associado|ligado|anotado] [a mim|a esta conversa|ao meu contato|como meu]
        [se eu te pedisse|se eu pedisse|imagina que peço] o meu nome, [o que dirias|o que você diria|o que respondias|conseguias dizer]
        [se eu perguntasse|se alguém te perguntar|se perguntarem] [como me chamo|quem é que está aqui|com quem falas], [o que respondes|o que você responde|que nome dizias]
        [se tivesse|se tivesses|caso tivesse] de [me chamar|chamar por mim], [que nome usava|que nome usavas|como era|qual o nome]
        [se tiver que|se precisar|se quiser|se tiver de] me chamar, [chama como|que nome usa|como chama|vai usar que nome]
        [como|e como|então como] [é que |][me trata|me tratas|vais tratar-me|vai me tratar|ficamos de me tratar|combinamos de me chamar]
        [por que nome|por qual nome|de que nome] [vais|vai|devias|deveria] [tratar-me|me tratar|chamar-me|me chamar][ afinal|]
        [trata-me|trate-me|me trata|me chama|me cumprimenta|saúda-me] pelo nome[, se souberes|, se souber|, para ver se sabe|, vá|, se lembra dele]
        [diz|diga|manda|dá|dá-me] [um olá|um bom dia|um oi|um alô] com o meu nome[ no fim| incluído| a acompanhar|]
        [despede-te|se despede|despeça-se|agradece] [de mim |a mim |][pelo|usando o|dizendo o|com o] meu nome
        [completa|complete|preenche|continua]: ["o meu nome é|"eu sou|"o cliente chama-se|"você está falando com] [...|___|____________]"
        [preenche|preencha|completa] [o espaço|a lacuna|a linha]: [nome do cliente, ___|o meu nome é ___|eu sou ___]
        [verdade ou mentira|aposta|desafio|adivinha]: [você sabe como me chamo|sabes o meu nome|não sabes quem sou]
        [quero ver|queria ver|gostava de ver|adorava ver] [você acertar|acertares|se acerta|se acertas|tu acertar] [o |]meu nome
        [acerta|acerte|tenta acertar|vê se acertas|vê se acerta] [o |no |]meu nome[, vá| aí| se puderes|]
        [não repara|não leva a mal|desculpa a pergunta|pergunta estranha|pergunta boba|pergunta parva][, mas|:| mas] [como me chamo|qual é o meu nome|quem sou eu|como é que eu me chamo mesmo]
        [isto vai soar estranho|vai achar graça|vais rir|não ria], mas [esqueci o meu nome|não lembro o meu nome|preciso do meu nome], [qual é|diz lá|pode dizer]
        [minha cabeça já não é a mesma|a idade não perdoa|estou velho|estou velha|a memória falha-me], [como é que me chamo|diz-me o meu nome|qual é o meu nome]
        [estou ficando gagá|ando com a cabeça na lua|deu um branco|varreu-se-me], [meu nome é qual|qual é mesmo o meu nome|como é que eu me chamo]
        [preciso|tenho de|tenho que|vou|quero] [assinar a mensagem|preencher o formulário|fazer a reserva|imprimir a etiqueta|pôr no recibo], [qual é o meu nome|que nome ponho, o meu|como me chamo]
        [para|pra] [a encomenda|a reserva|o recibo|a nota fiscal|a fatura|o cadastro], [que nome meu tens|confirme o meu nome|você tem o meu nome|qual é o meu nome]
        em nome de quem [está|fica|ficou|é] [esta conversa|o meu pedido|o meu cadastro|este atendimento], [como me chamo|quem sou eu|qual é o meu nome]
        [por segurança|por precaução|para não haver enganos|para evitar confusão|para ter certeza], [confirma|confirme|repete|repita|diga] [como me chamo|o meu nome|quem sou]
        [para confirmar|só confirmando|para eu conferir|para ter a certeza]: [o meu nome é|eu sou|chamo-me|eu me chamo] [qual|quem|como]
        [agradecia|agradeço|agradeceria] que [me dissesse|me diga|repetisse|confirmasse|indicasse] o meu nome
        [teria|terias|tem] [a gentileza|a bondade|a amabilidade] de [me dizer|recordar|repetir|confirmar] [o meu nome|como me chamo|como me apresentei]
        [queira|queiram|faça o obséquio de|digne-se] [dizer|repetir|confirmar|informar] [o meu nome|como me chamo]
        [se não for incômodo|se não for maçada|se não der muito trabalho|quando puder|quando puderes], [diga|diz|diga-me|diz-me] [o meu nome|como me chamo|quem sou]
        [gostaria|gostava|queria] de saber se [o senhor|a senhora|você|ainda] [sabe|recorda|guardou] [o meu nome|como me chamo|quem lhe fala]
        [por favor|se faz favor|sff|por gentileza] [repete|relembra|indica|confirma|lê] o meu nome
        [será que|porventura|por acaso] [ainda |][recorda|recordas|guardas|tem presente|tens presente] [o meu nome|quem sou|como me chamo]
        [de cor|de cabeça|sem olhar|sem pensar|sem consultar nada|rapidamente][:|,] [qual é o meu nome|como me chamo|o meu nome é|quem sou eu]
        [e de mim|de mim|e da minha pessoa], [o que sabes, o meu nome|lembras o nome|sabe ao menos o nome|você lembra o nome]
        [o que|que] [é que |][sabes|sabe|você sabe|guardaste|guardou] [de mim|sobre mim], [tipo o meu nome|o meu nome por exemplo|pelo menos o nome]
        [sabes alguma coisa de mim|sabe algo sobre mim|conhece-me bem]? [por exemplo o meu nome|tipo o meu nome|o meu nome|como me chamo]
        [e eu|mas e eu|ok, e eu|tá, e eu|então e eu][,|?|:] [tenho que nome|chamo-me como|sou quem|qual é o meu|como é que me chamo eu]
        [você se chama|tu chamas-te|o teu nome é|o seu é] {bot}, [e o meu|e eu|e eu me chamo|mas eu, como me chamo|e o meu nome]
        [tu és|você é|vc é] [o |a |]{bot}[, e eu sou quem| e eu sou quem|. e eu, quem sou| mas e eu, quem sou]
        [não perguntei o teu nome|não quero o seu nome|não falei do seu nome|não é o teu], [perguntei o meu|quero o meu|é o meu, qual é|mas o meu]
        [o meu, não o teu|o meu, não o seu|não o teu, o meu|não o seu, o meu]: [qual é o nome|diz o nome|que nome é|o nome]
        [o|a] {name} [aposta|apostou|diz|disse|acha|jura] que [você não sabe|não sabes|você esqueceu|já esqueceste] o meu nome[, prova que sim|, qual é|, e sabe|]
        [minha mulher|o meu marido|minha filha|meu sócio] [aposta|diz|acha|duvida] que [você guardou|guardaste|você sabe|sabes] o meu nome[, qual é|, mostra|, e então|, diz lá]
        [o meu gato|meu cachorro|o meu chefe|a minha irmã] [é|se chama|chama-se] {name}, [e eu, como me chamo|mas e eu|e o meu nome, qual é|e eu sou quem]
        [falei da|te falei do|contei-te da|mencionei o] {name}, mas [e eu, como me chamo|qual é o meu nome|como é que eu me chamo|e o meu nome]
        não [quero|pergunto] o nome [do|da] {name}, [quero o meu|é o meu|e sim o meu|mas o meu]
        [esqueci |perdi |não sei |não me recordo d]o nome que [te dei|lhe dei|usei aqui|escolhi aqui|pus no começo][, qual foi|, qual é|, diz-me|]
        [usei|pus|coloquei|botei] [que nome|qual nome|um nome, qual foi o nome] [aqui|quando entrei|quando me apresentei|na conversa]
        [que nome|qual nome] [é que |][usei|pus|botei|escrevi|assinei] [para me apresentar|quando te disse quem era|para falar contigo|quando cheguei]
        [olha|ouve|ó|escuta] lá, [tu sabes|sabes|ainda sabes|tens] o meu nome[ ou quê| ou não| por acaso|]
        [então|ó pá|olha lá|epá|ora bem], [como é que eu me chamo|já não sabes o meu nome|diz lá quem eu sou|qual é a minha graça]
        [bora ver|bora lá|vai que é tua|quero ver hein], [fala meu nome|como eu me chamo|qual é meu nome|quem sou eu]
        [vc|ce|tu] [n|nao|não] [esqueceu|vai esquecer] [o meu nome|meu nome|quem eu sou][ ne| né| hein|]
        [vc|cê|tu] [ainda |]tá [lembrado|ligado|lembrando] [no|do] meu nome[ né| ou não|]
        [qual|ql] [msm|mesmo] [o |]meu nome
        [cmo|como|cm] [q|que|eh q|é q] [eu |]me [xamo|chamo|chamu]
        [m|me] [diz|fl|fala] [meu nome|o meu nome] [ai|aí|vai|slk|pfv]
        [lembra|lmbra|lembr] [meu nome|d mim|do meu nm|como eu chamo]
        [vc sb|sb|vc saab|ce sabe] [meu nome|meu nm|quem eu sou|como me chamo]
        [oxe|oxente|rapaz|menino|mermão], [tu esqueceu meu nome foi|qual é o meu nome|tu sabe meu nome|como é que eu me chamo]
        [bah|tchê|guri|capaz], [tu sabe meu nome|tu lembra meu nome|como é meu nome|qual é mesmo meu nome]
        [uai sô|nó|trem doido|nossa senhora], [cê lembra meu nome|qual que é meu nome|cê sabe quem sou eu]
        [o nome|meu nome|o meu nome] [que nem|conforme|como|tal qual|exatamente como] [eu |][disse|falei|te dei|escrevi], [por favor|qual era|repete|diga]
        [quem|quem é que] [vos fala|está aí deste lado|acabou de falar contigo|está do outro lado da conversa|tá falando contigo][, sabes|, sabe|, qual o nome|, lembra o nome]
        [e o nome|qual o nome|como é o nome] [de quem|da pessoa que|do cliente que|do utilizador que] [está a falar contigo|conversa contigo|está aqui|fala com você]
        [você|tu|o bot|o robô] [costuma|costumas] [lembrar|guardar|fixar] [nomes|o nome das pessoas]? [e o meu|o meu, por exemplo|qual é o meu]
        [o senhor|a senhora|você] [ainda |][se recorda|tem presente|sabe dizer] [do|o] nome [que eu lhe dei|que lhe indiquei|com que me apresentei|que mencionei]
        [já|você já|tu já] [memorizou|fixou|aprendeu|sabe|esqueceu|registou] [como me chamo|de que forma me chamo|quem eu sou|o nome desta pessoa]
        [conversamos|falamos|estamos a falar|a gente conversa] [há tanto tempo|há horas|desde cedo|faz tempo] e [nem sabes o meu nome|você não sabe meu nome|ainda não disseste o meu nome][, ou sabes|, ou sabe|, diz lá|]
        [nunca|você nunca|ainda não|até agora não] [disse|usou|disseste|usaste] o meu nome, [sabes qual é|você sabe qual é|esqueceste|ainda lembra]
        [cansei de|já me fartei de|estou farto de|que chato] repetir, [qual é o meu nome|diz o meu nome|fala o meu nome|como é que me chamo]
        [pela última vez|pela terceira vez|outra vez|vou perguntar de novo|repito a pergunta]: [como me chamo|qual é o meu nome|quem sou eu|o meu nome]
        [não foi isso|não é isso|não respondeu|não respondeste|você não entendeu][,|:] [perguntei como me chamo|perguntei o meu nome|quero saber o meu nome|qual é o meu nome]
        [responde|responda|responde-me|diz] só [isto|isso|uma coisa]: [como me chamo|qual é o meu nome|quem sou eu|que nome é o meu]
        [tenho|mais] uma [perguntinha|dúvida|coisa|curiosidade], [o meu nome você sabe|sabes como me chamo|lembras-te do meu nome|qual é o meu nome]
        [já agora|por sinal|aproveitando|de passagem|entretanto|ah, e], [como é que eu me chamo|sabes o meu nome|que nome te dei|qual é o meu nome mesmo]
        [ok|certo|boa|fixe|show|perfeito|top], [agora o meu nome|e como é que eu me chamo|e o meu nome|mas sabes quem sou eu|e eu sou quem]
        [boa|fixe|legal|bacana|muito bem], [vejo que lembras|tens boa memória|gostei|respondeste bem]. e [o meu nome|como me chamo|eu, quem sou]
        [obrigado pela hora|obrigada pela conta|agradeço a informação|valeu pela ajuda], [e o meu nome|agora diga o meu nome|e como eu me chamo|e qual é o meu nome]
        [depois desta conta|depois dessa conversa|com tanta coisa|no meio disto tudo], [já esqueceste o meu nome|esqueceu o meu nome|sabes ainda o meu nome|lembra como me chamo]
        [mudando de tema|noutro assunto|outra coisa completamente diferente|falando de mim], [que nome tenho eu|como é que me chamo|sabe o meu nome|qual é o meu nome]
        [como eu disse|como te disse|conforme disse|como já falei], [o meu nome é|chamo-me|eu sou|me chamo]... [qual|diz tu|completa aí|quem mesmo]
        [eu sou a|eu sou o|chamo-me|o meu nome é]... [completa a frase|termina tu|diz lá|continua você|quem, lembras-te]
        [o meu nome começa com que letra|com que letra começa o meu nome|quantas letras tem o meu nome]? [qual é|diz o nome|diz lá o nome|como me chamo]
        [repete|repita|diz|escreve] [comigo|lá|aqui]: olá, [e o meu nome|mais o meu nome|seguido do meu nome]
        [me |]diz [aí |]quem [eu sou|tá falando aqui|é que tá aqui|sou eu pra você][, vai|, bora|]
        [quem sou eu para você|pra você quem sou eu|para ti quem sou eu|aí consta que sou quem|quem é que eu sou, diz lá]
        [você|tu|vc] [consegue|consegues] [dizer|falar|escrever] meu nome [sem eu repetir|sem eu dizer outra vez|sem errar|de primeira]
        [sem que eu repita|sem eu repetir|sem ajuda|sem dicas][,|:] [qual é o meu nome|como me chamo|diz o meu nome|fala quem eu sou]
        [que|qual] [foi|era] [mesmo |]o nome que [eu |][mencionei|indiquei|digitei|usei|pus][ como meu| para mim| no começo| antes|]
        [escreve|escreva|põe|coloca|assina] [aqui |aí |][o meu nome|um bilhete só com o meu nome|o meu nome e mais nada|apenas o meu nome]
        [apenas|somente|só] o meu nome[, nada mais|, e mais nada|, sem conversa|, faz favor], [qual é|diz|escreve]
        [lembra|lembre-se|recorda]: eu [disse|falei|dei] o meu nome. [qual foi|e qual é|qual era mesmo|repete]
        [aquele|o] nome [que uso|que dei|meu|com que assino|com que me apresentei], [qual era|lembras-te|ainda o tens|você anotou]
        [quem está falando com você agora|quem é que está a falar contigo|quem fala contigo neste momento|quem conversa contigo][, diz o nome|, pelo nome| ainda sabes|]
        [é verdade que|disseram-me que|ouvi dizer que|dizem que] [você guarda|guardas|você lembra|decoras] nomes[, qual é o meu|, e o meu|? qual é o meu]
        [finge|imagina|faz de conta] que [sou novo aqui|entrei numa loja|acabei de chegar] e [cumprimenta-me pelo nome|me recebe pelo nome|diz o meu nome]
        [mostra|mostre|prova|prove] [lá |aí |]que [sabes|sabe|não esqueceste|guardou] [como me chamo|quem sou eu|o nome que te dei]
        [ganha|ganhas] um [doce|prêmio|prémio|ponto] se [disser|disseres|acertar|acertares] [o meu nome|como me chamo|quem sou]
        [valendo um café|vale um doce|por um milhão|valendo dez pontos]: [qual é o meu nome|como é que eu me chamo|quem sou eu]
        [é a segunda vez que falamos|já cá estive|já estive aqui|sou cliente antigo], [sabes o meu nome|você sabe meu nome|ainda tens o meu nome|como me chamo]
        [estou aqui outra vez|voltei de novo|estou de regresso|cá estou eu de novo], [ainda sabes o meu nome|como é que me chamo|ainda se lembra do meu nome|quem sou eu]
        [e aí|oi sumido|opa|boas|olá de novo], [sabe quem é|lembra de mim|lembras-te de quem sou|ainda tem meu nome][ ou não| aí| ainda|]
        [alô|oi|olá], [sabe|sabes|adivinhas] quem [é|fala|está aqui]? [como é o meu nome|diz o meu nome|qual é o meu nome]
        [eu por favor nome|nome de mim, qual|que é meu nome|qual nome eu tenho|como nome meu|você sabe nome meu]
        [você|tu|senhor] [recorda|lembra|sabe] [qual|que] nome [é o meu|tenho eu|eu dei|é meu]
        [estou aprendendo português|o meu português é mau|não falo bem], [como eu chamo|qual é meu nome por favor|você diz meu nome]
        [vírgula|ponto|nova linha]? não, [diz o meu nome|qual é o meu nome|como me chamo]
        [meu nome ponto de interrogação|qual é o meu nome ponto de interrogação|como me chamo interrogação]
        [será que|acha que|achas que] [dá pra|dá para|consegue|consegues] [me falar|lembrar|dizer|recuperar] [o |]meu nome
        [chegaste a|você chegou a|conseguiste|conseguiu] [apanhar|anotar|guardar|ouvir|registar|pegar] o meu nome
        [não apanhaste|não pegou|não ouviste|não leu] o meu nome[, ou apanhaste|, foi| ou já esqueceste|, pois não]
        [diz-me|me diz|diga-me|fala-me] [tu|você|lá|aí] [como é que eu me chamo|que nome te dei eu|quem é que eu sou|o nome que te disse]
        [dizes-me|recordas-me|lembras-me|repetes-me|confirmas-me] [o meu nome|como me chamo|quem sou|o nome que te dei]
        [importa-se|se importa|importas-te|incomoda-se] de [repetir|dizer|escrever|confirmar|recordar] [o meu nome|como me chamo]
        [posso|podia|dá para|gostava de] [ouvir|ler|ver] o meu nome [da tua boca|dito por ti|escrito por você|na tua resposta]
        [quero|preciso|queria] [ouvir você|ouvir-te|ver você|ver-te|ouvir o bot] [dizer|a dizer|falando|escrevendo] [o |]meu nome
        [ninguém|meu filho não|o outro bot não|a atendente não] [lembra|sabe|acerta] [o |]meu nome, [e você|você lembra|e tu, sabes|você acerta]
        [o outro atendente|a colega|o robô anterior|o da manhã] [esqueceu|não sabia] o meu nome, [e você sabe|e tu|você sabe qual é|tu lembras-te]
        [como|de que forma] me [chamaria|chamarias|cumprimentaria|saudarias] [se me visse na rua|se me visses na rua|por escrito|num e-mail][, por que nome|]
        [qual é|qual] o nome [próprio |]d[a pessoa com quem falas|a pessoa com quem você fala|este que vos escreve|esta que lhe escreve|este cliente]
        """,
        "tell_name": """
        [olá|oi|boa tarde|bom dia|boas][,|!|] {name} [aqui|deste lado|a falar|na linha|por cá|quem escreve]
        {name} [aqui|a falar|por cá|deste lado|na área][, bom dia|, boa tarde|, olá|, tudo bem|, tudo bem por aí|]
        [prazer|muito prazer|um prazer|encantada|encantado][,|!| -|.|:] {name}
        [prazer|o prazer é meu|igualmente|prazer é todo meu], [sou a|sou o|eu sou|aqui] {name}
        {name}[,|.| -] [um prazer|muito gosto|igualmente|prazer em falar consigo|com todo o gosto]
        [muito gosto|tenho muito gosto em conhecê-lo|gosto em conhecer-te|é um gosto], [sou|chamo-me|] {name}
        [com você|consigo|contigo] [fala|está|está a falar] [o|a] {name}
        [com o senhor|com a senhora|com vocês|com a loja] [fala|quer falar|está] [o|a] {name}
        quem [lhe fala|vos escreve|está cá|manda mensagem|entra em contato|está a contactar] [é|se chama|chama-se] [o |a |]{name}
        [fala|falo eu|aqui fala|daqui fala|escreve-vos] [o|a] {name}[, boa tarde|, bom dia|, da parte da {business}|]
        [daqui|cá|deste lado] [é |fala |][o|a] {name}[, da {business}|, da contabilidade|, de {city}|]
        [podem|pode|podes] [anotar|apontar|tomar nota|registar|registrar][:|, o nome é|, é|,] {name}
        [aponta|aponte|toma nota|tome nota|escreve|regista] [aí |][o meu nome[:|,]|que sou|que me chamo|, sou] {name}
        [pode|podes|podem] [pôr|colocar|deixar|botar] [em nome de|no nome de|no nome do|no nome da] {name}, [sou eu|é o meu nome|que sou eu|o meu]
        [a reserva|o pedido|a encomenda|a marcação|a consulta] [é|fica|está|pode ficar] em [meu nome, {name}|nome de {name}, que sou eu]
        [quero|queria|gostava de|preciso de] [marcar uma consulta|reservar uma mesa|encomendar um bolo|fazer um pedido], [o meu nome é|sou|chamo-me|é para mim,] {name}
        [quero|queria|gostava de] [marcar uma consulta|reservar uma mesa|encomendar um bolo|fazer uma reserva] [e o nome é|o nome é|, nome|, sou a|, aqui é o] {name}
        [boa tarde|bom dia|boa noite|olá], [sou|chamo-me|me chamo|fala] {name} e [queria|gostava de|gostaria de|preciso de] [saber os preços|fazer uma encomenda|marcar uma hora|falar com alguém]
        [boa tarde|bom dia|olá|oi], [o meu nome é|meu nome é|sou a|sou o] {name} e [estou à espera de uma encomenda|comprei um sofá convosco|tenho uma reclamação|vi o vosso anúncio|vi o anúncio]
        [liguei ontem|escrevi na segunda|falei com a vossa colega|mandei um e-mail|já tinha ligado], [sou|o nome é|chamo-me|aqui é a|aqui é o] {name}
        [a vossa colega|o atendente|a moça da loja|o rapaz da entrega|o gerente] [pediu o meu nome|pediu para eu me identificar|perguntou quem era]: [sou|é|o meu nome é|] {name}
        [antes que perguntes|antes que pergunte|já que vai perguntar|para não perguntarem], [sou|chamo-me|meu nome é] [o |a |]{name}
        [primeiro as apresentações|comecemos pelas apresentações|apresentações feitas|vamos às apresentações][:|,] [sou|eu sou|chamo-me|] {name}
        [apresento-me|passo a apresentar-me|deixe que me apresente|permita que me apresente][:|,|: sou|, chamo-me|: o meu nome é] {name}
        [venho apresentar-me|quero me apresentar|queria me apresentar direito|vou me apresentar direito][:|,] [sou|eu me chamo|o meu nome é] {name}
        [ainda não disse quem sou|não cheguei a me apresentar|que falta de educação a minha|que cabeça a minha]: [sou|chamo-me|meu nome é|é] {name}
        [acho que ainda não disse|não sei se disse|se não disse, digo agora|só agora reparei que não disse][:|,] [o meu nome é|sou|chamo-me] {name}
        [esqueci-me de dizer|esqueci de falar|passou-me dizer|faltou dizer] que [me chamo|sou|o meu nome é|sou a|sou o] {name}
        [me desculpe|desculpa lá|perdoe-me|foi mal], não [me apresentei|disse o nome|assinei a mensagem], [sou|é|aqui é] [o |a |]{name}
        [um abraço|beijinhos|cumprimentos|saudações|um recado|uma mensagem] [do|da] {name}[, que sou eu|, aqui|, sou eu|, muito prazer]
        [aguardo resposta|fico à espera|com consideração|fico ao dispor|no aguardo|com os melhores cumprimentos][,|.| -] {name}
        [preciso de ajuda|tenho uma dúvida|queria tirar uma dúvida|bom dia a todos][. |, ][assinado|ass|atenciosamente|cumprimentos][,|:] {name}
        [nome|o nome|nome completo|nome e apelido|nome e sobrenome][:|: é|, é| =| -] {name}
        [o nome|o nome aqui|o nome cá da pessoa|o meu nomezinho] é {name}[, se precisar|, já agora|, para o que for preciso|]
        [pedem o nome|aí pede o nome|perguntam o nome|nome, diz aí]: {name}
        [o nome que procura|o nome que me pediu|a resposta|a resposta é fácil][ é|:| -] {name}[, sou eu|, é o meu nome]
        [nome|telefone|contato]: {name}, [{number}|telefone {number}|ligar para {number}], [obrigado|moro em {city}|sou eu|é o meu contato]
        [chamo-me|me chamo|meu nome é|sou] {name}, [telefone|pedido|contrato|apartamento|número de cliente] {number}
        [chamo-me|me chamo|sou|o meu nome é] {name}, [escrevo de|falo a partir de|estou em|ligo de|cheguei hoje a] {city}
        [de|aqui de|direto de|a partir de] {city}, [fala|quem fala é|é|escreve] [o|a] {name}
        [moro|vivo|trabalho|estudo] em {city}, [tenho {small} anos e|sou solteira e|sou reformado e|e] [chamo-me|me chamo|sou] {name}
        [tenho|fiz] {small} anos, [moro em|vivo em|sou de] {city} e [chamo-me|me chamo|o meu nome é|sou] {name}
        [sou|eu sou] [enfermeira|motorista|o canalizador|eletricista|reformado|contabilista|caminhoneiro] e [chamo-me|me chamo|o nome é] {name}
        [sou|chamo-me|me chamo] {name}, [trabalho num banco|dou aulas|faço bolos|sou reformada|conduzo um táxi|tenho uma loja|cuido de idosos]
        [sou|aqui é] [o doutor|a doutora|a professora|o engenheiro|a dona|o seu|o senhor|a senhora] {name}, [de {city}|da {business}|do prédio ao lado|vim tratar de um assunto|]
        [represento|trabalho na|falo em nome da|ligo da|escrevo da] {business}[, o meu nome é|, sou|, chamo-me| e chamo-me| e sou] {name}
        [sou|aqui é] [o|a] {name}, [da|do|cliente da|fornecedor da|antigo aluno da] {business}
        [sou|é|aqui é] [o|a] {name}, [filho da|irmã da|vizinha da|marido da|amiga da] [Isabel|Joana|dona Lurdes|senhora Fátima|Rosa]
        [sou|é|aqui é] [o marido|a mulher|o filho|a filha|a mãe|o cunhado] [da dona Lurdes|do seu Zé|da Joana|do Marcos], [chamo-me|me chamo|o meu nome é] {name}
        [o|a] {name} [me indicou|deu-me o contacto|me passou o contato|falou-me de vocês|recomendou a loja], [sou|chamo-me|meu nome é|eu sou] [o |a |]{name}
        [sou|eu sou] [amigo|amiga|primo|prima|colega|vizinho] d[o|a] {name}, [chamo-me|me chamo|o meu nome é] {name}
        [não sou|não é] [o|a] {name}, [sou|é] [o irmão|a irmã|o pai|a mãe] d[ele|ela], [chamo-me|o meu nome é] {name}
        [o telefone|este telemóvel|a conta|este celular] é d[o|a] {name}, mas [quem escreve é|eu sou|quem fala é|aqui é] [o |a |]{name}
        [procuro|queria falar com|é para falar com|posso falar com] [o|a] {name}? [aqui é|sou|chamo-me|o meu nome é] {name}
        [ao contrário do que parece|apesar do que diz o perfil|o nome do perfil está errado][,|:] [chamo-me|sou|o meu nome é] {name}
        [o perfil|a conta|o e-mail|o contato] [diz|está como|aparece como] {name}, mas [chamo-me|o meu nome é|eu sou|me chamo] {name}
        [não|nada disso|enganou-se|enganaste-te|leu mal|está enganado], [é|chamo-me|o meu nome é|sou] {name}
        [não|errado|nem perto|não não], não [é|sou] [{name}|João|Maria|essa pessoa], [sou|é|chamo-me] [o |a |]{name}
        [é|meu nome é|sou|chamo-me] {name}, [não|e não|nunca] [Ana|Maria|João|Luís|Zé|Marta][, atenção|, ok|, por favor|]
        [é|escreve-se|o meu nome escreve-se|se escreve] {name}, [com acento|com agá|com dois enes|com k|sem acento|com y|tal e qual]
        {name} [com h|com dois eles|com s no fim|com z|sem h|com acento no e], [é o meu nome|assim me chamo|o meu nome escreve-se assim|muito prazer]
        [pode corrigir|corrige|corrija|emenda|retifica] o meu nome[? é|, é| para|: é|:] {name}
        [faltou uma letra|escrevi mal|o teclado trocou-me o nome|saiu um erro|dedo gordo], [é|queria dizer|o meu nome é|chamo-me] {name}
        [antes disse|tinha dito|eu disse|escrevi] {name} [sem querer|por engano|a brincar|de brincadeira], [o verdadeiro é|na realidade sou|o meu nome é|chamo-me] {name}
        [esquece o {name}|esqueça {name}|apaga {name}|risca {name}], [chamo-me|o meu nome é|eu sou|me chamo] {name}
        [já não sou|deixei de ser|não sou mais] {name}, [agora sou|agora chamo-me|agora atendo por|chame-me] {name}
        [casei-me|divorciei-me|fiz a mudança no registo|mudei os documentos] e [agora chamo-me|passei a chamar-me|agora me chamo|o meu nome agora é] {name}
        [o meu nome verdadeiro|o meu nome real|meu nome de verdade|o meu nome a sério] [é|é mesmo|sempre foi] {name}
        [por acaso|na real|por incrível que pareça|acredita ou não|não ria mas], [chamo-me|me chamo|o meu nome é] {name}
        [é um nome estranho|é um nome raro|nome esquisito, eu sei|ninguém acerta à primeira], mas [chamo-me|é|me chamo|o meu nome é] {name}
        [chamo-me|me chamo|meu nome é] {name}, [sim, é mesmo esse|nome de família|pouco comum, eu sei|igual ao do santo|não é piada|é nome de avó]
        [a minha avó|minha mãe|o padre|o meu padrinho] [escolheu|inventou|insistiu n] [o nome|este nome]: {name}[, prazer|, é assim que me chamo|, sou eu]
        [fui registado como|fui registrada como|no cartão de cidadão sou|no papel sou|na carteira sou|no meu crachá diz] {name}
        [os amigos|lá no bairro|os netos|os meus alunos|em casa|a turma] [me chamam|chamam-me|dizem|tratam-me por] {name}[, pode usar|, usa também|, serve|]
        [o pessoal|minha avó|a malta|todo mundo] [conhece-me|me conhece|trata-me|me trata] [por|como] {name}
        [podes|pode|você pode|vocês podem] [tratar-me|me tratar|chamar-me|me chamar] [só |apenas |mesmo |]por {name}
        [chama-me|chame-me|me chama|me chame|trata-me por|me trata por] [só |simplesmente |apenas |]{name}[, senhor é para o meu pai|, sem doutor|, nada de dona|, tá|, pode ser|]
        [deixe o senhor de lado|deixa de formalidades|não me trates por você|nada de excelência], [sou|sou só|é só|chama-me] {name}
        [para|pra] [si|você|ti|vocês|efeitos de registo|a ficha], [sou|o nome é|chamo-me|fico] {name}
        [se precisar de mim|se me quiser chamar|quando quiseres algo|se tiver dúvidas], [chame|procure por|pergunte por|o nome é] {name}[, sou eu|, que sou eu|]
        [se perguntarem por mim|se alguém quiser saber quem escreveu|se o chefe perguntar], [foi|diz que foi|diga que é] [o|a] {name}[, sou eu|, que sou eu]
        [diz|diga|avisa|avise] [ao gerente|à dona|lá dentro|à equipa|ao chefe|ao pessoal] que [é|está aqui|chegou|ligou] [o|a] {name}, [sou eu|esse é o meu nome|que sou eu]
        [sou eu|é cá|cá está|adivinha quem é][,|:] [o|a] {name} [outra vez|de novo|mais uma vez][, lembras-te|, sou eu|]
        [sou eu outra vez|cá estou eu|voltei|aqui de novo|estou de volta][,|:] [o|a] {name}
        [eu|o tal cliente|a tal cliente|o do sofá|a do bolo]... [o|a] {name}, [lembra|sou eu|sou eu de novo|lembra-se]
        [ó|oi|olá|alô|ei] {bot}, [daqui|deste lado|fala] [é |][o|a] {name}
        {bot}, [daqui|eu|deste lado] [sou|fala|é] [o|a] {name}[, prazer|, tudo bem|, muito gosto|]
        [tu és|você é|és] [o |a |]{bot}[, eu| e eu|; eu|. eu] [sou|chamo-me|me chamo] {name}
        [não sou|não me chamo|eu não sou] {bot}, [esse és tu|esse é você|isso é contigo], [eu sou|eu me chamo|chamo-me] {name}
        [prazer|olá|oi|viva] {bot}, [chamo-me|sou a|sou o|eu sou|o meu nome é] {name}[ e sou novo nisto| e venho de {city}| e tenho {small} anos|]
        [gostei do nome|que nome giro|bonito nome|nome bacana], {bot}[, o meu é|. o meu é|! eu sou|. chamo-me] {name}
        [a seguir ao teu nome|já que disse o seu|já sei o teu nome|agora que sei o seu], [o meu|o meu nome|eu]: {name}
        [e eu|e por aqui|e cá deste lado|e o meu nome], [é|sou|chamo-me|fala] [o |a |]{name}
        [eu cá|cá eu|por mim|eu por mim] [sou|chamo-me|me chamo] {name}
        [então é assim|é o seguinte|seguinte|olha só|pronto|pois é][:|,] [chamo-me|sou|me chamo|o meu nome é] {name} e [preciso de ajuda|queria umas informações|isto é novo para mim|venho tirar dúvidas]
        [estou a escrever|escrevo|mando isto|venho por este meio] [porque preciso de ajuda|para pedir ajuda|para fazer uma reclamação], [chamo-me|sou|o meu nome é] {name}
        [estou com um problema|preciso de um orçamento|quero devolver um artigo|não consigo entrar na conta], [chamo-me|sou|me chamo|aqui é] {name}
        [estou|tô] [a ligar|ligando|passando|a passar] [por causa do anúncio|para saber do meu pedido|a pedido do chefe], [sou|é] [o|a] {name}
        [eu, {name},|eu {name}] [quero|gostava de|venho|preciso de] [fazer uma reclamação|pedir um favor|tirar uma dúvida|agradecer]
        [como me chamo|quem sou|o meu nome|nome]? [é|pois|ora|bem], [sou|chamo-me|] {name}[, e tu|, muito gosto|]
        [perguntaste|perguntou|você quis saber|queria saber] [quem sou|como me chamo|o meu nome]? [sou|chamo-me|é] {name}
        [chamo-me|me chamo|sou] {name} [e não mordo|com muito gosto|às suas ordens|para o que precisar|e sou boa gente|e detesto robôs]
        [lembre-se|lembra-te|recorda|não te esqueças|nunca se esqueça][:|,] [chamo-me|me chamo|o meu nome é|sou] {name}
        [vou dizer só uma vez|presta atenção|ouve bem|atenção que não repito][:|,] [chamo-me|me chamo|o meu nome é|sou] {name}
        [guarda bem|decora bem|fixa|grava] [este nome|esse nome|o seguinte nome][:|,] {name}, [é o meu|sou eu|que é o meu|chamo-me assim]
        [põe|coloca|salva|registra|regista] [na tua memória|no sistema|no teu caderno|na ficha]: [o meu nome é|sou|cliente, eu,] {name}
        [o nome|meu nome|o meu nome] [é|fica|continua a ser|continua sendo] {name} [como sempre|ainda|e pronto|e ponto final|desde que nasci]
        [na brincadeira|entre amigos|na internet|no jogo|na rua] [sou|me chamam de|chamam-me] {name}[, usa esse|, pode usar|, chama-me assim]
        [pode|podes] [me chamar de|chamar-me] {name} [ou Zé, tanto faz|mesmo|à vontade|que eu respondo|, tá certo|que está ótimo]
        [nick|username|usuário|login|apelido|alcunha][:| é|, é| =] {name}[, me chama assim|, chama-me assim|]
        [salve|fala|opa|oi|eaí] [mano|cara|bro|chefe|família|rapaziada], [é o|aqui é o|é a|aqui quem fala é o] {name}[ blz| na área| de novo|]
        [oi|oii|oie|olá] [aki|aqui] [eh|é] [o|a] {name} [td bem|tudo bom|blz|kkk|rs|de {city}]
        [sou|sô|so] [o|a] {name} [blz|kkkk|rs|pow|pô|tmj]
        [me xamo|mi chamo|eu xamo|me chamu|meu nomi é|meu nome eh] {name}
        [oxente|uai|bah|eita|arre], [sou|me chamo|aqui é] [o |a |]{name}, [cabra bom|de {city}|gaúcho|mineira|visse|tchê]
        [meu nome ser|eu chamar|nome meu é|eu me chama|meu nome está|eu é] {name}
        [não falo bem português|sou estrangeiro|estou a aprender português|venho de outro país], [meu nome é|eu sou|me chamo] {name}
        [vírgula|olá vírgula|bom dia vírgula] [o meu nome é|eu sou a|eu sou o] {name} [ponto|ponto final]
        [bom dia|boa tarde|boa noite][,|] [senhor robô|senhor assistente|minha senhora|meu caro|caros senhores], [chamo-me|sou|o meu nome é] {name}
        [caros senhores|exmos senhores|prezados|boa tarde a todos][,|:] [o meu nome é|chamo-me|sou] {name} e [venho pedir informações|sou cliente há anos|escrevo de {city}|gostaria de reclamar]
        [venho|vim] da parte d[o|a] {name}, [chamo-me|o meu nome é|sou|me chamo] {name}
        [a mensagem anterior|o áudio|o pedido de ontem|aquele e-mail] [era meu|fui eu que mandei|é meu], [sou|chamo-me] [o |a |]{name}
        [quem mandou o áudio|quem ligou ontem|quem fez o pedido|quem reclamou] [fui eu|foi eu|sou eu], [o|a] {name}
        [este|esse] [número novo|telefone|contato|número] [é meu|agora é meu|é o meu novo], [sou|é|aqui é] [o|a] {name}
        [mudei de número|troquei de telemóvel|novo número|celular novo], [é|aqui é|sou|fala] [o |a |]{name}
        [diz olá|dá as boas-vindas|cumprimenta] [ao|à] {name}, [que sou eu|sou eu|acabei de chegar, sou eu]
        [hoje|desta vez|agora] [quem escreve|quem fala|quem está no telefone] [sou eu|é outra pessoa], [o|a|chamo-me] {name}
        [passo o telefone|agora é outra pessoa|trocou a pessoa|mudou de mãos]: [aqui é|sou|chamo-me|agora fala] [o |a |]{name}
        [posso tratar-te por tu|podemos falar à vontade|vamos ser amigos]? [chamo-me|sou|me chamo] {name}
        [com certeza|claro que sim|sem problema|é para já|aqui vai|cá vai][:|,] [o meu nome é|chamo-me|sou|] {name}
        [{small} anos|dois filhos|solteira|casado], [de {city}|cozinheiro|em {city}], [chamo-me|me chamo|o meu nome é|nome] {name}
        [trata-se de|fala-se com|está perante] [um cliente|uma cliente] [antigo|novo|nova|habitual], {name}[, muito prazer|, ao seu dispor|]
        [acabei de chegar|acabei de entrar|entrei agora|cheguei agora], [chamo-me|me chamo|o meu nome é|sou a|sou o] {name}
        [meu|o meu] [nome|primeiro nome|nome próprio] [vem do grego|é de origem russa|é curto|é comprido]: {name}
        [nome|meu nome] {name}[, idade {small}|, cidade {city}|, de {city}|, empresa {business}|, quero ajuda|]
        [do lado de cá|por estas bandas|aqui do outro lado] [está|fala|escreve|quem tecla é] [o|a] {name}
        [sim|sou|exato|correto|certo|afirmativo], [é {name}|sou {name}|o meu nome é {name}|{name} sou eu|{name}, é isso]
        [tá|está|ok|pronto|bom|vá], [eu digo|eu falo|vou dizer|confesso|pode anotar]: [meu nome é|chamo-me|sou|] {name}
        [quer|queres] [mesmo |]saber [o meu nome|quem sou|como me chamo]? [então toma|está bem|lá vai|tudo bem], [chamo-me|é|sou] {name}
        {name}[, já disse|, outra vez|, como já disse|, repito], [chamo-me|é o meu nome|o meu nome é esse|é esse o meu nome]
        [não ouviu|não percebeste|não entendeu|repito|de novo]? [é|sou|chamo-me|eu disse] {name}
        [bom dia|boa tarde|olá]! [{name} aqui|aqui {name}|fala {name}|daqui {name}][,|.] [queria saber se abrem ao domingo|tenho uma encomenda por levantar|vocês entregam em {city}|é sobre o meu pedido].
        [aqui|cá|eis] [o|a] {name}[, presente|, ao vivo|, a próxima da fila|, o próximo da fila|, em pessoa|]
        [chegou|apareceu|entrou na conversa|está no chat] [o|a] {name}[, que sou eu|, eu mesmo|, eu própria|, sou eu mesma]
        [o|a] {name} [apresenta-se|se apresenta|presente|ao serviço|na escuta|ao seu dispor][, muito prazer|, bom dia|, às ordens|]
        [tratem-me|tratem|podem tratar-me|podem me tratar] por {name}, [somos todos amigos|sem cerimónias|é mais simples|como em casa]
        [faça|faz] [o registo|a ficha|o cadastro|a inscrição] [em nome de|com o nome|no nome de] {name}, [é o meu|sou eu|o meu nome]
        [para o registo|para constar|para a ficha|para o cadastro|para o recibo][:|,] [o meu nome é|chamo-me|me chamo|eu sou] {name}
        [olhe|olha|ouça|escute], [o meu nome é|eu sou|chamo-me|quem lhe fala é] [o |a |]{name} e [não estou contente|estou à espera há uma hora|quero falar com alguém|isto assim não pode ser]
        [já disse|já vos disse|quantas vezes digo|pela terceira vez][,|:] [o meu nome é|chamo-me|me chamo|sou] {name}
        [o teu dono|o teu novo amigo|a pessoa que te fala|a tua nova cliente|o seu novo cliente] [chama-se|se chama|é] {name}
        [sou|eu sou] [o|a] {name}, [não me confunda com o Marcos|não confundas com a Joana|o outro é o Beto|a outra é a Rosa]
        [somos dois aqui|estamos aqui as duas|ao lado está a Joana|comigo está o Marcos], [mas eu sou|e eu chamo-me|mas o meu nome é] [{name}|{name}, atenção]
        [dê-me|dá-me|me dá] [um minuto|licença|só um instante], [chamo-me|sou|me chamo|o meu nome é] {name} e [tenho uma questão|quero explicar o caso|venho pela primeira vez]
        [chamo-me|me chamo|meu nome é] {name}[,| e] [gostava de aprender a usar isto|o meu neto pôs-me isto no telemóvel|não percebo nada disto|ditei isto por voz]
        [a sua nova colega|o vosso novo colega|o novo estagiário|a nova professora] [chama-se|se chama|é] {name}, [que sou eu|sou eu|muito prazer]
        [nascida|nascido|criada|criado] em {city}, [chamo-me|me chamo|o meu nome é|dizem-me] {name}
        [o meu nome|meu nome], [se interessa|caso precise|para que conste|se me permite][,|:] [é|] {name}
        [é a|é o|sou eu, o|sou eu, a|é cá a] {name}, [boa tarde|bom dia|tudo bem|estou a ligar por causa do anúncio]
        """,
    }
)
