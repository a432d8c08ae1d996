"""Greetings, feelings and questions about the assistant in English."""

from .expand import blocks

FRAMES = blocks(
    {
        "greet": """
        [hi|hello|hey|hiya|howdy|yo|hallo|heya|hey hey|hi hi|hello hello]
        [hi|hello|hey] [there|again|you|friend|everyone|my friend|bot|assistant|robot|buddy|mate]
        [hi|hello|hey|hi there], {bot}
        [hi|hello|hey] {bot}
        good [morning|afternoon|evening|day]
        good [morning|afternoon|evening|day] [{bot}|to you|everyone|my friend|there]
        [morning|evening|afternoon|greetings|good to see you|welcome|salutations]
        [hi|hello], [is anybody there|anyone there|are you there|can we talk]
        [hi|hello], [good morning|I am back|I'm back]
        [are you there|anybody there|is anyone here|can we talk|let's talk|let's chat|knock knock]
        [long time no see|I am back|I'm back|here I am]
        [hello again|me again|it's me again|nice to see you again]
        [/start|start|begin|let's start|let's begin]
        [nice|pleased|good|great|lovely] to meet you[ too|]
        what's up
        """,
        "bot": """
        are you a [bot|robot|machine|person|human|real person]
        are you a [program|computer|chatbot|human being|man|woman]
        are you [real|human|an AI|a real human|alive|artificial]
        are you [a girl|a boy|automated|conscious|sentient|AI]
        are you [really |actually |just |]a [bot|robot|machine|person|human|computer]
        are you a [human|person|man] or a [bot|robot|machine|computer]
        is this a [bot|robot|machine|real person|human|chatbot|program|person]
        is this [automated|an AI|a computer|real|AI]
        am I [talking|speaking|chatting] [to|with] a [bot|robot|human|machine|person|real person|computer]
        am I [talking|speaking|chatting] [to|with] an AI
        you are a [bot|robot|machine|human], [right|aren't you|yes|no]
        you're [a bot|a robot|an AI|not human|human|not real], [right|aren't you|are you|yes]
        [do you|can you] [feel|have feelings|think|sleep|eat|dream|breathe]
        [is there|is] a [person|human] [behind this|there|answering|on the other side]
        <ask> if you are [a bot|human|real|a person|a machine|an AI]
        do I [speak|talk] with a [human|machine|person|robot]
        [bot or human|human or robot|human or machine|robot or person]
        so you are [not human|a machine|an AI|a robot|human]
        """,
        "capabilities": """
        what can you do
        what [can|could] you do [for me|here|exactly|then|]
        what do you [do|know|offer]
        what [are|is] your [abilities|skills|functions|features|purpose|job|tools|function]
        what are you [able to do|capable of|good at|good for|for|here for]
        how can you help[ me|]
        how do you work
        how does this work
        [what|which] [tools|functions|features|skills|commands] do you have
        what [can|may|should|could] I ask[ you|]
        what [can I|should I] [do|write|say|try|use] here
        what is this [for|chat|]
        can you help me
        can you help[ me with something| me please| us|]
        I need [some |your |]help
        [show|tell] me what you can do
        <ask> what you can do
        <ask> [how you can help|what you are able to do|what you can help with|what you are for]
        in what [way |]can you help
        what [things|kind of things|sort of things] [can|do] you [do|know]
        give me [some |]examples of what you can do
        what do you know how to do
        [options|features|menu|commands|functions|skills]
        what are my options
        I have a question
        can I ask you [something|a question|anything]
        """,
        "thanks": """
        [thanks|thank you|thx|ty|many thanks]
        [thanks a lot|thank you so much|thank you very much|cheers|much obliged]
        [thanks|thank you], [that helps|that is all|great|perfect|you're kind]
        [thanks|thank you], [that's all|good job|bye for now|{bot}]
        [thanks|thank you] [{bot}|for the help|for your help|for that]
        [thanks|thank you] [for everything|for your time|my friend|a lot]
        [great|perfect|cool|ok|good|super|nice], [thanks|thank you]
        [I appreciate it|that was helpful|much appreciated|you helped me a lot|that helped|thanks a million]
        """,
        "bye": """
        [bye|goodbye|bye bye|see you|see ya|cya|farewell|good night|later|take care|see you later|so long]
        [bye|goodbye|good night] [{bot}|for now|then|my friend|everyone|and take care]
        [see you|talk to you|until|catch you] [tomorrow|soon|later|next time|next week|on monday]
        [I have to go|I must go|I'm leaving|I am off|gotta go|got to go|I need to leave|I'm going to bed]
        [have a nice day|have a good one|have a good night|have a good time|have a great evening|good night]
        ok, [bye|goodbye|see you|that's all, bye]
        """,
        "how": """
        how are you
        how are you [today|doing|doing today|feeling|this morning|now|my friend|{bot}|these days]
        how [is it going|is life|are things|have you been|do you do]
        how ['s it going|goes it|was your day|is your day]
        how's [life|it going|everything|your day|things]
        are you [ok|okay|well|fine|good|all right|doing well|happy]
        [you ok|you good|you alright|all good|everything ok|everything fine|all well]
        [I'm fine|I am well|fine|all good|good], [and you|how about you|how are you|what about you]
        """,
        "joke": """
        tell me a [good |short |funny |new |]joke
        [can|could|do|would] you [tell|know] [me |]a [good |funny |short |]joke
        [do you know|got|have you got|know] any [good |]jokes
        [make me laugh|a joke|joke|one more joke|another joke|joke please|a joke please|tell me another one]
        [say|tell me|tell] something funny
        I want [a joke|to laugh|to hear a joke|another joke]
        <get> a [funny |good |]joke
        """,
        "sad": """
        I [am|feel] [sad|very sad|so sad|lonely|tired|depressed|down|awful]
        I [am|feel] [bad|terrible|unhappy|sick|ill|bored|angry]
        I'm [sad|very sad|lonely|tired|exhausted|down|not well]
        I'm [not happy|crying|worried|stressed|afraid|upset]
        I [feel|have been feeling] [bad|lonely|down|alone|terrible|low] [today|lately|these days|now]
        [I had|it was|today was|what] a [bad|terrible|hard|awful|horrible|rough] day
        [my <person> died|I lost my job|I miss my <person>|nobody likes me]
        [I failed|I have no friends|I am not ok]
        [life is hard|everything is bad|things are going badly]
        [I want to cry|I am having a hard time|bad day]
        """,
        "happy": """
        I [am|feel] [happy|so happy|great|very happy|excited|glad|wonderful|fantastic|good|proud|very well]
        I'm [happy|fine|great|good|so happy|excited|very well|doing great|in love|feeling good|well]
        [haha|lol|hahaha|hehe|yay|wow|hurray|that's funny|that is funny|funny|so funny|ha ha|good one]
        [I got the job|I passed the exam|today is my birthday|I won|it worked|life is good|what a great day]
        [best day ever|I had a great day|today was a good day]
        [good news|I have good news|I am getting married]
        """,
        "ok": """
        [ok|okay|all right|alright|fine|yes|yeah|yep|sure|got it]
        [I see|understood|right|good|k|cool|no|nope|great]
        [ok|okay|fine|sure|yes|good|cool], [got it|I see|understood|great|no problem]
        [ok|okay|fine|sure|yes|good|cool], [cool|whatever|of course|I know]
        [that's fine|that is fine|no problem|never mind|nevermind]
        [forget it|cancel|cancel that|nothing|leave it]
        [it's nothing|nothing else|that's all|not now|maybe later]
        [that is all|forget about it|don't worry|it's ok]
        [I understand|makes sense|hmm|hm|ah ok|oh ok|aha]
        [interesting|ah|oh|I know|let me think|one moment|wait]
        """,
        "praise": """
        you are [great|the best|amazing|so smart|very kind|awesome|wonderful]
        you are [cool|nice|funny|clever|a genius|cute]
        you're [great|the best|amazing|smart|very helpful|awesome|lovely|cool|nice|funny|sweet|my hero]
        [good job|well done|great job|good work|nice work|bravo]
        [excellent|good answer|great answer|impressive|perfect]
        I [like|love|adore] [you|this|it|this bot|talking to you|your answers|this assistant]
        [that's|that is|this is|it is] [great|amazing|awesome|perfect|cool]
        [that's|that is|this is|it is] [wonderful|very good|really nice|fantastic]
        [good|nice|smart|clever|great] [bot|robot|assistant|machine]
        """,
        "insult": """
        you are [stupid|dumb|useless|bad|terrible|an idiot|ugly]
        you are [the worst|so slow|not smart|wrong|a bad bot|horrible]
        you're [stupid|dumb|useless|an idiot|bad|terrible|wrong|not helpful|a fool|so dumb|annoying|garbage]
        [stupid|dumb|useless|bad|silly|terrible|idiotic] [bot|robot|machine|assistant]
        [stupid|dumb|useless|bad|silly|terrible|idiotic] [program|thing|answer|AI]
        I [hate|don't like|dislike|can't stand] [you|this|this bot]
        I [hate|don't like|dislike|can't stand] [this assistant|your answers|talking to you]
        [shut up|idiot|this is useless|you know nothing]
        [that's wrong|this is bad|you don't understand|that was wrong]
        [this|that] [does not|doesn't] [work|help|make sense]
        """,
        "languages": """
        [what|which] languages do you [speak|know|understand|support]
        what languages [can|could] you [speak|understand|use|write]
        do you [speak|understand|know|talk|write] [spanish|portuguese|english|french|german|italian|chinese]
        do you [speak|understand|know] [any |]other languages
        can you [speak|understand|write in] [spanish|portuguese|english|french|german]
        can you [talk in|answer in|talk] [spanish|portuguese|english|french|german]
        how many languages do you [speak|know|understand]
        [can|may|could|should] I [write|talk|speak|ask|text] in [spanish|portuguese|english]
        [can|may|could|should] I [write|talk|speak|ask|text] in [french|my language]
        <ask> [which|what] languages you [speak|know|understand]
        [are you|is this] [only in english|multilingual|only english|in spanish too]
        is there a [spanish|portuguese|english] version
        """,
    }
)
