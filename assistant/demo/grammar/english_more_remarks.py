"""What people say about themselves and their day in English: it looks like an introduction and is none."""

from .expand import blocks

FRAMES = blocks(
    {
        "decoy": """
        it's [starting|going|about] to [rain|snow|get dark|boil|end|close]
        I'm [between|next to|behind|under|near|on] {topic}
        I'm [reading|cooking|fixing|painting|buying|selling|watching|cleaning] {topic}
        it's [about|just|only|not|for|like] {topic}
        my [car|house|job|garden|computer|phone|bike|kitchen] is {topic}
        I [like|hate|want|lost|found|bought|sold|forgot|saw] {topic} [today|yesterday|at home|at work|]
        {small} [patients|people|minutes|kids|boxes|emails] [are waiting|to go|left|and counting], so [be quick|hurry|keep it short]
        [there is|there's|we have] {topic} [here|outside|at home|in the kitchen]
        I'm [between two|between|in a|late for a|off to a|done with my] [patients|meetings|lessons|calls|meeting|class|shift]
        I'm [in a hurry|in the car|at the airport|at school|on my way|on a break|on holiday|on the phone|on the tram]
        I'm [kind of|a bit|very|so|really|quite|pretty|half] [busy|late|excited|hungry|tired of this|cold|lost|sleepy|curious]
        I'm [back|here|ready|fine now|still here|almost there|outside|inside|home|in bed|in line|downstairs|upstairs]
        I'm [just|only|still|currently|also] [testing|looking around|browsing|curious|having lunch|learning|waiting|reading]
        I'm [cooking|driving|walking home|watching a film|working|studying|waiting for the bus|making dinner|feeding the cat]
        I'm [left-handed|vegetarian|retired|a nurse|an engineer|a student|a dad|a gardener|new in town|from the north|Irish]
        I am [writing from my phone|using my wife's phone|sitting in the sun|stuck in traffic|in the queue|about to leave]
        I [am|was|'ve been] [up early|awake all night|at the dentist|in the garden|on my feet all day|waiting for ages]
        I've [just|already] [made|had|finished|cooked|bought] [myself |][a cup of tea|lunch|dinner|a new bike|a coat|breakfast]
        I [had|made|ate|cooked|baked] [soup|pasta|a sandwich|toast|pancakes|rice|fish] [today|for lunch|for dinner|last night]
        I [just|finally|really|always|never] [got home|woke up|moved house|fixed my bike|walk to work|eat breakfast|wear hats]
        I [work|study|teach|play|run|swim|sing] [in a bank|at a school|every morning|on weekends|in a choir|from home|alone]
        I [have|got|own|keep|want|need] [a dog|two cats|a garden|a boat|a piano|three kids|a headache|an exam|a new phone]
        I [like|love|prefer|enjoy|adore|hate] [tea|rain|summer|old films|dancing|long walks|cheese|football|spicy food|winter]
        it's [pretty|very|quite|so|really|a bit|too] [windy|cold|hot|quiet|loud|sunny|foggy|nice|dark|late|early] [today|here|outside|out]
        it's [raining|snowing|sunny|freezing|boiling|pouring|Friday|Monday|my birthday|lunchtime|a holiday][ today| here| again|]
        it's [an Irish one|a Welsh one|an old one|a common one|a family one|French|my gran's|hard to spell|easy to remember|a secret]
        it's [spelled|written] with [a K|a C|two Ls|one N|an H|a Z|a Y|a double T][, by the way|, not a C|]
        [with|spelled with] [a K|a C|two Ls|one N|an H|a Z|a Y|a double S|one R][ please|, remember|]
        [people|most people|teachers] [always|often|usually|never] [misspell|mispronounce|forget|like|shorten] it
        [that|this] is [my first name|a nickname|short|long|what my mum chose|how you spell it|my real name|not easy]
        [the|my] [weather|traffic|coffee|soup|train|bus|music|neighbour|garden|office] is [awful|lovely|cold|late|loud|great] [today|here|again|]
        my [wife|husband|sister|brother|son|daughter|boss|dog|cat|friend|mum|dad|teacher|neighbour] is [called|named] {name}
        my [wife|husband|sister|brother|son|daughter|boss|dog|cat|friend|mum|dad|teacher|neighbour]'s name is {name}
        [and |]my [wife|husband|twin|partner|baby|kid|parrot|rabbit|horse|colleague]'s [called |]{name}
        I [have|had|got] [a|one] [dog|cat|sister|brother|friend|cousin|colleague|horse] [called|named] {name}
        [I am|I'm] [here |][with|waiting for|looking for|meeting|next to|married to] {name}[ today| right now|]
        {name} is my [wife|husband|sister|brother|boss|dog|cat|friend|neighbour|cousin|doctor]
        [we|the kids|the neighbours|my parents] [are|were] [at the beach|in the mountains|moving|cooking|asleep|on the train]
        [today|yesterday|this week|this morning|last night] was [long|fun|quiet|strange|busy|awful|great|a mess|boring]
        [school|work|the gym|the traffic|this week|math class] [sucks|was fun|is boring|was long|is over|starts soon]
        bro [I'm|im] so [bored|tired of school|hungry|done|late]
        [brb|one sec|hold on|wait a minute|give me a moment|hang on][, phone| my phone rings|, someone's at the door|]
        [be|please be] [quick|brief|patient|nice], [I'm|I am] [at work|in a meeting|driving|in class|on the phone]
        """,
        "ask_name": """
        [who|whom] [are you|do you think you are] [talking to|speaking with|chatting with|writing to] [right now|now|at the moment|here|]
        [just checking|to be sure|quick test|to confirm], who [are you talking to|am I|is this person]
        [what|which] name did I [introduce myself with|introduce myself by|sign with|open with|come in with]
        [do you|d'you] know my name [tho|though|bro|at all|or not|yet]
        [quick test|test|fill in|complete]: my name is [...|___|?]
        [what|so what] does [everybody|everyone|my family|the world] call me[ then| again|]
        [what|and what] am I called[ myself| then| again|]
        [can|could|will|would] you [write|type|print|spell|put] my name [for me|down|here|out|in capitals][ please|]
        [could|can|would] you [remind|tell] me [what|which] name I [gave|told|said to|mentioned to] you
        do you [have|know|keep|still have|have a note of] my name[ there| somewhere| on file| tho|]
        [bet|I bet|betting] you [don't|do not|can't] [know|remember|recall|tell me] my name[ anymore| now| already|]
        [state|give|repeat|show|say|tell|type] my name[ please| now| back| once more|]
        [great|good|fine|nice|right|cool], [now|and now|so], my name
        [what|which] name did I [introduce myself with|give|use|start with|sign with|tell you first]
        [what's|what is|whats] [my|me] [first |given |]name[ again| mate| then|]
        [now|and|ok] [what's|what is] mine[, my name I mean|, my name|]
        and [me|mine], what's my name
        [I'm|I am] [called|named] what[ again|]
        my name is... [what was it|do you remember it|go on, say it|fill it in]
        """,
        "tell_name": """
        {name} here, [from|of|with|calling from|writing from] [the |]{business}[.|, hello|, good morning|]
        {name} [speaking|on the line|here|writing], [from the|of the] [sales|accounts|front|night|second|billing|kitchen] [desk|team|department|floor|office]
        [hello|hi|good morning], {name} from [accounts|marketing|the shop|next door|school|the gym|the second floor|{city}|{business}]
        this is {name}, [I'm|I am] [a nurse|the manager|her brother|a customer|calling about the flat|new here|one of the neighbours]
        {name}, [by the way|that's me|at your service|nice to meet you|pleasure|hello|from {city}]
        [hi|hello|hey]. {name}. [nice to meet you|pleased to meet you|good evening|I'm new|how do you do]
        [evening|morning|afternoon|good evening|good morning|hello|hi], {name}'s the name
        [evening|morning|afternoon|hello|hi|hey]! {name} is my name
        [hi|hello|hey|yo|morning]. {name}. [nice to meet you|pleasure|how are you|good to be here]
        [hiya|hey|heya|yo|sup|hi] [its|it's|im|i'm] {name} [lol|haha|here|x|again]
        [hey|yo|hi] [its|it's] [ya boy|ya girl|your boy|your girl|your friend|old|little|big] {name}
        [my names|my name's|me name's|the names] {name} [mate|bro|dude|man|love|friend]
        [yo|hey|hi|hello] [im|i'm|I am] {name}
        [hello|hi|hey|dear] {bot}, [it's|this is|I'm|here is] {name}[ again| here| once more|]
        [hello|hi|hey] {bot}, {name} [here|again|here again|speaking]
        [good|a good] [morning|evening|day] [dear|young man|my dear|sir]. I'm [Mrs|Mr|Miss|old] {name}
        """,
        "sum": """
        I [bought|sold|packed|ordered] {small} [boxes|bags|books|tickets] at {small} [dollars|euros|pounds] each, [how much is|what's|what is] {sum}
        [please|pls|kindly] [work out|calculate|compute|solve|do] {sum}
        I have {small} [apples|coins|stickers|points] [and|but] need to know [what|how much] {sum} [is|makes]
        """,
        "pointer": """
        {noun}
        {noun}
        the {noun}
        {topic}
        {noun} {noun}
        [news|weather|forecast|recipes|football|politics|history|movies|stocks|poem|code|translate|photosynthesis|gravity|taxes|bitcoin]
        [who|what|where|why|how] [invented|discovered|wrote|is|are|was|makes] {topic}
        how do [you|I|people] say {noun} in {noun}
        what is the [capital|population|meaning|price|name|colour|president|history] of {topic}
        """,
        "request": """
        [fix|check|debug|rewrite|improve|correct|review|test|explain|clean up] my {topic}[, it throws an error|, it does not work|, please| for me|]
        [compose|write|draft|make|invent|sing|tell|give|create] [a|me a|some|a short|a funny] {noun} [about|on|for|with|in] {topic}
        [summarize|summarise|explain|translate|recommend|describe|compare|draw|paint|plan|review] {topic}[ for me| please| in two lines|]
        [recommend|suggest|find|show|book|order|buy|rent] [me |][a|some|a good|a cheap|the best] {noun}[ near me| for tonight| in {city}|]
        I [need|want|have] to [write|make|plan|fix|learn|cook|draw] {topic}. [can you|could you|please|will you] [draft it|do it|help|show me]
        """,
    }
)
