"""More English requests beyond the demo model and near misses that are due no tool, by a second author."""

from .expand import blocks

FRAMES = blocks(
    {
        "pointer": """
        [what's|what is|how's] the [weather|forecast|temperature] [going to be|gonna be] [tonight|tomorrow]
        [what's|what is|how's] the weather [going to be|gonna be] [this weekend|in {city}]
        [what's|what is|how's] the [forecast|temperature] [going to be|gonna be] [this weekend|in {city}]
        do I need [an umbrella|a coat|sunscreen|boots] [in {city}|today|tomorrow|tonight]
        [should I take|shall I bring] [an umbrella|a coat|sunscreen|boots] [in {city}|today|tomorrow|tonight]
        is there [snow|rain|wind|a storm|sunshine|fog] [in {city}|today|tomorrow|this week]
        [will there be|any chance of] [snow|rain|wind] [in {city}|today|tomorrow|this week]
        [will there be|any chance of] [a storm|sunshine|fog] [in {city}|today|tomorrow|this week]
        how [warm|cold|windy|humid|hot] [is it|will it be] [outside|today|in {city}|tomorrow|at the beach]
        [who|which team] [won|lost|scored in|is playing in] the [match|final|game] [yesterday|today|in {city}]
        [who|which team] [won|lost] the [race|world cup|election] [yesterday|today|in {city}]
        [who|which team] [scored in|is playing in] the [race|world cup|election] [yesterday|today|in {city}]
        [what's|what was] the score [of the match|yesterday|in the game|between {city} and {city}]
        [what's|any|tell me the] news [today|from {city}|about <field>|about {topic}|in the world]
        [what's on|what's happening|what's playing] [tonight|on tv|at the cinema|in {city}|this weekend]
        [recommend|suggest|give me|find me] [a good film|a book|a restaurant]
        [recommend|suggest|give me|find me] [a recipe|a series|a hotel in {city}|a gift idea]
        [what|which] [film|book|song|phone|laptop|car|wine|dish] [do you recommend|is the best]
        [what|which] [film|book|song|phone|laptop|car|wine|dish] [should I choose|is better]
        [how do I|how can I] [cook|make|bake|fry|boil|prepare] [{topic}|rice|a cake|soup|bread|eggs]
        [how should I|what's the way to] [cook|make|bake|fry|boil|prepare] [{topic}|rice|a cake]
        [how should I|what's the way to] [cook|make|bake|fry|boil|prepare] [soup|bread|eggs]
        [how do I|how can I|how to] [lose weight|get fit|stop smoking]
        [how do I|how can I|how to] [sleep better|make friends|get rich|learn <field>]
        [how do I|how can I|how to] [fix|reset|charge] my [phone|laptop|car|bike|printer|<thing>]
        [how do I|how can I|how to] [unlock|clean|set up|update] my [phone|laptop|car|bike|printer|<thing>]
        [how do I|how can I|how to] [reset|change|recover|forget] my [password|pin|email|account|username]
        [where's|where is|when will I get|what happened to] my [order|parcel|refund]
        [where's|where is|when will I get|what happened to] my [package|delivery|invoice|<thing>]
        my [order|parcel|refund|<thing>] [hasn't arrived|is late|is broken]
        my [order|parcel|refund|<thing>] [is missing|never came|is the wrong one|got lost]
        I [want|need|would like|wish] to [return|cancel|change] my [order|<thing>|booking]
        I [want|need|would like|wish] to [exchange|track|pay|complain about] my [order|<thing>|booking]
        I [want|need|would like] [my money back|a refund|a discount]
        I [want|need|would like] [an invoice|a receipt|to complain|to speak to a manager]
        [can I|could I|may I|I'd like to] [book|reserve|order|rent|hire|buy] [a table|a room]
        [can I|could I|may I|I'd like to] [book|reserve|order|rent|hire|buy] [a taxi|a <thing>|two tickets]
        [do you|does this shop] [deliver|ship|sell|have|offer|stock] [to {city}|{topic}|a <thing>]
        [do you|does this shop] [deliver|ship|sell|have|offer|stock] [gift cards|parking|wifi]
        [do you have|have you got|is there] [a <thing>|{topic}|something] [in stock|in blue|in my size]
        [do you have|have you got|is there] [a <thing>|{topic}|something] [on sale|for kids|left]
        [how much|what] [does|would|will] [delivery|shipping|a room] [cost|be|come to] [please|]
        [how much|what] [does|would|will] [a haircut|a <thing>|it] [cost|be|come to] [please|]
        [can I|do you let me|is it possible to] pay [by card|in cash|later|with my phone|with <thing>s|online]
        [where|how] can I [park|eat well|buy {topic}] [in {city}|here|near me|]
        [where|how] can I [find a <thing>|meet people|learn <field>] [in {city}|here|near me|]
        [where's|where is] the [nearest|closest|best] [bank|pharmacy|station] [in {city}|]
        [where's|where is] the [nearest|closest|best] [hospital|shop|beach|<thing>] [in {city}|]
        how [do I get|can I go|long is the drive|far is it] from {city} to {city}
        [what's|what is] the [currency|population|capital|language|history|mayor|airport code] of {city}
        [what should|what can|what could] I [see|visit|do|eat|buy] in {city} [on sunday|with kids|]
        [is|was] {city} [safe|expensive|beautiful|far|big|nice|worth a visit|in europe|a city or a country]
        [explain|teach me] [<field>|{topic}|how <thing>s work] [to a child|in simple words]
        [describe|break down] [<field>|{topic}|how <thing>s work] [to a child|in simple words]
        [explain|teach me|describe|break down] [<field>|{topic}|how <thing>s work] [to me|in detail|]
        what does [{topic}|the word {topic}] mean
        [what's|what is] the [meaning|definition|origin|opposite|plural|spelling] of {topic}
        [what's|what is] [the difference between {topic} and {topic}|a {topic}|an atom]
        [what's|what is|what are] [a verb|inflation|love]
        [why|how come] [is the sky blue|do cats purr|is water wet]
        [why|how come] [do we dream|do people lie|is the sea salty|do birds sing]
        [why|how come] [is|are|do|did] [{topic}|<field>] [so popular|happening|important]
        [why|how come] [is|are|do|did] [{topic}|<field>] [expensive|like that|not working]
        [when|in what year] [was|did|were] {topic} [born|invented|start|built|founded|end|die]
        [who|which person] [invented|discovered|founded|painted] [{topic}|the telephone|the radio]
        [who|which person] [wrote|sang|directed|built] [{topic}|the telephone|the radio]
        [who|what] [was|is] [the first|the richest] [{topic}|man|woman|person on the moon]
        [who|what] [was|is] [the oldest|the tallest|the strongest] [{topic}|man|woman|person on the moon]
        [how many] [people|countries|planets|bones] [are there|exist|are in {topic}|does it have]
        [how many] [legs|stars|states|players] [are there|exist|are in {topic}|does it have]
        [translate|put|turn] [{topic}|this|my letter|the menu] [into|to] [french|german|italian]
        [translate|put|turn] [{topic}|this|my letter|the menu] [into|to] [japanese|latin|chinese]
        [what's|how do I say] [{topic}|hello|thank you|good night] in [french|german|italian]
        [what's|how do I say] [{topic}|hello|thank you|good night] in [japanese|latin|chinese]
        [write|draft|compose] [me |][a poem|an email|a letter] [about|on|for] {topic}
        [write|draft|compose] [me |][a song|an essay|a speech|a cover letter] [about|on|for] {topic}
        [write|draft] [me |]an email to my <person> [about {topic}|saying sorry]
        [write|draft] [me |]an email to my <person> [for tomorrow|asking for a day off]
        [finish|continue|correct|check] [this text|my essay|the sentence|my letter]: {topic}
        [rewrite|shorten|summarize|proofread] [this text|my essay|the sentence|my letter]: {topic}
        [tell me|read me|write me|make up] a [story|bedtime story|tale] [about {topic}|for my <person>|]
        [tell me|read me|write me|make up] a [fairy tale|poem|riddle] [about {topic}|for my <person>|]
        [give me|tell me|I need] [an idea|ideas|some tips|advice|a tip|a fact] [for a party|about {topic}]
        [give me|tell me|I need] [an idea|ideas|some tips|advice|a tip|a fact] [for <field>|for my <person>]
        [write|fix|debug|explain] [my|this|some|the] [code|program|script] [for {topic}|in python|please|]
        [write|fix|debug|explain] [my|this|some|the] [function|query|formula] [for {topic}|in python|please|]
        [play|put on|start|stop|skip|pause] [some music|the song|the radio]
        [play|put on|start|stop|skip|pause] [a film|{topic}|my playlist|the video]
        [turn|switch] [on|off] the [lights|tv|heating|alarm|radio|oven|fan|light in the kitchen]
        [call|ring|phone|text|email|message] [{name}|my <person>|a taxi] [for me|now|please]
        [call|ring|phone|text|email|message] [the police|the doctor|the office] [for me|now|please]
        [send|forward|give] [this|a message|an email|my love|flowers] to [{name}|my <person>|the team]
        [set|start|create|make|put] [an alarm|a timer] [for tomorrow|for monday|for {small} minutes]
        [set|start|create|make|put] [a reminder|an appointment|an event] for tomorrow
        [set|start|create|make|put] [a reminder|an appointment|an event] [for monday|for {small} minutes]
        [don't let me forget|remind me|make a note] to [buy milk|call my <person>]
        [don't let me forget|remind me|make a note] to [pay the rent|water the plants|{topic}]
        [add|put] [{topic}|milk|eggs|a meeting] [to my list|to my calendar|in my diary|on the shopping list]
        [what's|what is] [on my calendar|on my list|my next meeting]
        [what's|what is] [my balance|my password|my address|my phone number]
        [how old am I|where do I live|what do I do for work]
        [what's my favourite colour|how tall am I|when is my birthday]
        [how old are you|where were you born|who are your parents]
        [are you married|do you have kids|what's your favourite film]
        [do you like|what do you think of] [{topic}|<field>|{city}|pizza|cats]
        [what do you know about|have you heard of] [{topic}|<field>|{city}|pizza|cats]
        [I think|I believe|my <person> says|they say] [that |]{topic} [is great|is wrong|is better]
        [I think|I believe|my <person> says|they say] [that |]{topic} [is fake|matters|]
        [my <person>|a friend|the neighbour] [bought|lost|sold|broke|found|painted] [a <thing>|the <thing>]
        [my <person>|a friend|the neighbour] [bought|lost|sold|broke|found|painted] [my <thing>|{topic}]
        [yesterday|today|last week|this morning] I [saw|bought|lost|ate] [a <thing>|{topic}]
        [yesterday|today|last week|this morning] I [read|watched|found|cooked] [a <thing>|{topic}]
        [I want|I'd like|I need] to [talk|speak|chat] to [a human|a real person|customer service]
        [I want|I'd like|I need] to [talk|speak|chat] to [the owner|someone|sales|support]
        [put me through|connect me|transfer me] to [a human|an agent|the owner]
        [put me through|connect me|transfer me] to [sales|support|reception|my <person>]
        [is it|would it be] [healthy|safe|ok] to [eat|drink|sell|buy|swim after|use] {topic}
        [is it|would it be] [legal|normal|bad|good] to [eat|drink|sell|buy|swim after|use] {topic}
        I have [a headache|a fever|a cough|a rash|back pain|a toothache], what [should I do|can I take|helps]
        should I [buy|sell|invest in|study|learn|move to] [{topic}|{city}|<field>|gold|stocks]
        [is it smart to|is now the moment to] [buy|sell|invest in] [{topic}|{city}|<field>|gold|stocks]
        [is it smart to|is now the moment to] [study|learn|move to] [{topic}|{city}|<field>|gold|stocks]
        [how much|what] is [{number} miles|{number} pounds] in [km|kilos|euros|metres]
        [how much|what] is [{number} dollars|{number} feet] in [km|kilos|euros|metres]
        [guess|predict|tell] [my future|the lottery numbers|my age]
        [guess|predict|tell] [what I'm thinking|my star sign|the next winner]
        [let's play|play|do you know] [a game|chess|hangman] [with me|]
        [let's play|play|do you know] [tic tac toe|truth or dare|twenty questions|a quiz] [with me|]
        [sing|rap|whistle|dance|draw|paint|act] [for me|something|a song|{topic}|like {name}]
        [look at|open|read|check|summarize|what's in] [this link|this page|this photo|this file|{link}]
        [can|could] you [hear|see|watch|read] [me|my photo|this picture|my voice message|{link}|my screen]
        [who|what] is {topic} [in history|in the news|in physics|in music|for beginners]
        [do dogs|do cats|can people|can birds|do fish] [dream|swim|eat {topic}]
        [do dogs|do cats|can people|can birds|do fish] [see colours|feel pain|live long]
        [what|where] [did|do] [romans|dinosaurs|whales] [eat|live|do|believe in|wear]
        [what|where] [did|do] [the french|bees|people in {city}] [eat|live|do|believe in|wear]
        [help me|help] [with my homework about {topic}|choose a <thing>]
        [help me|help] [study <field>|write a cv|plan a trip to {city}]
        [which is better|what's better|what's bigger], {topic} or {topic}
        [thoughts on|opinion on|facts about|tips on] [{topic}|<field>|{city}]
        [tips for|info about|details of|more about] [{topic}|<field>|{city}]
        [I'm writing|I'm reading|I'm studying] [{topic}|about <field>|a <thing>]
        [I'm learning|I'm looking for|I'm working on] [{topic}|about <field>|a <thing>]
        """,
        "decoy": """
        [what time|when|at what time] does [the shop|the bank|the office] [open|close|open today]
        [what time|when|at what time] does [the gym|the pool|the library] [open|close|open today]
        [what time|when|at what time] [is|was] [the meeting|my appointment|dinner|the show]
        [what time|when|at what time] [is|was] [my class|kick off|check in|breakfast]
        [what time|when] [is|does] [the bus|the ferry] to {city} [leaving|leave|coming]
        [what time|when] [is|does] [the flight|my train|the plane] to {city} [leaving|leave|coming]
        [what time|when|at what time] [should we|do I have to] [check in|pick it up|come by|be there|arrive]
        [what time|when|at what time] [can I|shall I|must we] [check in|pick it up|come by|be there|arrive]
        [what time|when] [will|would|did] [you|they|she] [be back|arrive|come|call|finish|get here]
        [what time|when] [will|would|did] [he|my order|the doctor|my <person>] [be back|arrive|come]
        [what time|when] [will|would|did] [he|my order|the doctor|my <person>] [call|finish|get here]
        [what time|when] [does|will] the [sun|moon] [rise|set|come up|go down] [in {city}|today|tomorrow|]
        [what's|what is] the best time to [visit {city}|call you|plant roses]
        [what's|what is] the best time to [exercise|sleep|buy a <thing>|come]
        [are|were] you [open|closed|there] [on sundays|at night|at noon|at lunch]
        [are|were] you [open|closed|there] [tomorrow|on holidays|late|until {hour}]
        [do you|does the shop|does the bank] [open|close] [on sundays|early|late]
        [do you|does the shop|does the bank] [open|close] [at {hour}|at noon|on holidays]
        [until|till] what time [are you open|can I call|is dinner served]
        [until|till] what time [do you work|is the bar open|can we stay]
        how much time [do I have|is left|does it take|do we need|will it take|do you need]
        how long [does it take|will it take|is the flight]
        how long [is the wait|have you been there|is the film|is the drive to {city}]
        [how many hours|how many minutes] [are in a day|does it take|is the flight to {city}]
        [how many hours|how many minutes] [do you work|until lunch|is the trip]
        [what's|what is] the time [difference|zone] [between {city} and {city}|of {city}|with {city}]
        [what|which] [timezone|time zone|country|state|continent] is {city} in
        [wake me up|call me back|pick me up] [at {hour}|at noon|at midnight|tomorrow at {hour}]
        [meet me|ring me|let's meet] [at {hour}|at noon|at midnight|tomorrow at {hour}]
        [I get up|I start work|I finish|I go to bed|school starts|the train left] at {hour}
        [the meeting is|my flight is|the party is|dinner is|class is] at {hour}
        [it's|it was|it is] [about time|high time|a good time]
        [it's|it was|it is] [a bad time|the right time|only a matter of time|time to change]
        [I had|we had|they had] [a great|a good] time [in {city}|yesterday|together|at the party]
        [I had|we had|they had] [a lovely|a terrible|the best] time [in {city}|yesterday]
        [I had|we had|they had] [a lovely|a terrible|the best] time [together|at the party]
        [time|the time] [heals everything|is money|will tell|passes quickly|goes so fast|is on our side|is up]
        [next|last|first|every|this] time [I'll come earlier|I was in {city}]
        [next|last|first|every|this] time [we meet|it was better|it didn't work]
        [I don't have|I have no|no more|give me some|I need more|we ran out of|save some] time
        [many times|sometimes|at times] I [forget|dream|cry|sing]
        [for the first time|one last time|once upon a time|all the time] I [forget|dream|cry|sing]
        [what day|which day|what date] is [my birthday|easter|the party|the exam]
        [what day|which day|what date] is [the wedding|payday|my appointment|the match]
        [when is|on what day is|what date is] [christmas|easter|mother's day]
        [when is|on what day is|what date is] [ramadan|thanksgiving|diwali|the next holiday]
        [let's eat out|let's meet|I work] on [monday|tuesday|friday|saturday|sunday]
        [I'm free|we're closed|the party is] on [monday|tuesday|friday|saturday|sunday]
        [my birthday|the exam] is [on friday|next month|in june|on the first|tomorrow]
        [my flight|our wedding|the deadline] is [on friday|next month|in june|on the first|tomorrow]
        [how many days|how long|how many weeks] [until|till|to] [christmas|my birthday|the holidays]
        [how many days|how long|how many weeks] [until|till|to] [summer|easter|friday]
        [today|yesterday|tomorrow] [is a holiday|is my day off|was a long day]
        [today|yesterday|tomorrow] [is a big day|I have an exam|we move]
        [he|she|my <person>|my friend] is {small}[ years old| today| and retired|]
        [I weigh|I'm|he weighs|it weighs|she weighs] {small} [kilos|pounds|kg]
        [I am|he is|she is|my <person> is] {small} [inches tall|years younger than me|weeks pregnant|in may]
        [my|the|our] [phone number|order number|room number|pin|zip code] is {number}
        [my|the|our] [flight number|bus|seat|size|score] is {number}
        [my|the] [order|parcel|case|ticket|booking|invoice] [number |]{number} [is late|is missing]
        [my|the] [order|parcel|case] [number |]{number} [is wrong|has not arrived|is paid]
        [my|the] [ticket|booking|invoice] [number |]{number} [is wrong|has not arrived|is paid]
        [order|ticket|room|flight|invoice|page|chapter|platform|gate] {number}
        [I|we] [paid|spent|earned|lost|won|saved|owe|found] {number} [dollars|pounds|euros|rupees|naira|bucks]
        [it costs|it cost|they charge] {number} [a month|each|in total|per person|dollars]
        [the bill was|the ticket was|rent is] {number} [a month|each|in total|per person|dollars]
        [I|we] [bought|ate|have|saw|sold|need|ordered] {small} [eggs|shirts|books]
        [I|we] [bought|ate|have|saw|sold|need|ordered] {small} [chairs|cookies|plants|bottles]
        [we are|there are|there were|we were] {small} [people|students|guests] [in my class|at the party|]
        [we are|there are|there were|we were] {small} [kids|of us|players] [in my class|at the party|]
        [I live|we live|he lives] at number {number}
        [I was born|she was born|we married|it was built|we moved here|I graduated] in {number}
        [what happened|who was king|what was invented|who was president|who won] in {number}
        is {number} [prime|even|odd|lucky|a big number|a lot|enough|a good score]
        [count|can you count] [to {small}|backwards|sheep|from one to {small}]
        [pick|choose|guess|think of] a number [between one and {small}|for me|under {small}|please]
        [what is|what's] the [square root|cube|logarithm|factorial] of {number}
        [I have|I'd like|book] a table for {small}
        [page|version|level|grade|bus|route|channel|chapter] {small} [is hard|is late|please|is great]
        [call|dial|ring|text] {number}
        [I'm|we're] [from|in|near|leaving|driving through|flying over|moving away from] {city}
        [{city}|I heard {city}|they say {city}] is [beautiful|cold|a nice city]
        [{city}|I heard {city}|they say {city}] is [far away|full of people|expensive|my home]
        [I|my <person>|we] [love|loves|miss|visited|left|hate|painted|know] {city}
        [how is|what's it like in|is it nice in|how far is|is it cheap in|how are things in] {city}
        [show me|find|draw|give me] [a map of|pictures of|hotels in] {city}
        [show me|find|draw|give me] [flights to|restaurants in|the way to] {city}
        [who lives|where do I eat|where can I park|what can I do|who is the mayor|what do they eat] in {city}
        [have you been to|do you know|would you go to|did you hear about] {city}
        [my flight to|the bus to] {city} [is late|was long|is cancelled|costs too much]
        [a ticket to|my trip to|the road to] {city} [is late|was long|is cancelled|costs too much]
        my [<person>|baby|hamster|horse|teacher|landlord|dentist|boat]'s [first |last |]name is {name}
        my [<person>|baby|hamster|horse] [is called|goes by|is named|answers to] {name}
        my [teacher|landlord|dentist|neighbour] [is called|goes by|is named|answers to] {name}
        [we|I|they] [named|called] [the baby|our dog|our son|her|him|the boat|the cat] {name}
        [the baby|the dog|the cat|the new boss] is [called|named] {name}
        [my teacher|the author|the singer|the owner] is [called|named] {name}
        [he|she|the man|the lady|that guy|the doctor] [said|says] [his|her|the] name [is|was] {name}
        [his|her|its|their] [first |last |]name [was|is] {name}
        [he|she|it] is [called|named] {name}
        [this|that|here] is [my friend|my <person>|our boss|the neighbour|our teacher|a picture of] {name}
        [I met|I saw|I know|I love|I work with|I miss|I married|I called|I live with] {name}
        [I'm|I am] [looking for|waiting for|calling for|writing for] {name}
        [I'm|I am] [a friend of|married to|the <person> of|with] {name}
        [is|was] {name} [there|in|your boss|at work|a nice person|available|around|coming]
        [where|how] is {name} [today|now|doing|from|]
        [can|could|may] I [speak|talk] to {name}
        [tell|ask|call|greet|thank|forgive] {name} [for me|I said hi|about the party|to call me|that I'm late]
        [say hi to|give my regards to|greetings to|a hug for|a message for|happy birthday to] {name}
        [{name}|my friend {name}] [called me|is here|says hi|likes you|told me about you]
        [my <person> {name}|a man called {name}] [called me|is here|says hi|likes you|told me about you]
        [do you remember|have you met|who exactly is|have you talked to|what do you know about] {name}
        [what's|what is|do you know] the name of [my dog|my <person>|that actor]
        [what's|what is|do you know] the name of [the king|this song|that street|the team]
        [what's|what is] [his|her|its|their|my <person>'s|the baby's|the doctor's|my teacher's] name
        [who is|who's] [my boss|my <person>|the president]
        [who is|who's] [the queen|my best friend|your favourite singer|that actor]
        what does [the name|my name] mean
        [is my name|is the name] [common|pretty|too long|french|rare|old fashioned]
        [I like|I hate|I don't like|I changed|I forgot] the name of the place
        [I like|I hate|I don't like|I changed|I forgot] [the title of the book|my nickname at school]
        [what name|which name|what] should I [give|pick for|choose for|call] my [dog|baby|cat]
        [what name|which name|what] should I [give|pick for|choose for|call] my [boat|band|shop|horse]
        [I'm|I am] [the boss|a doctor|an artist|a vegetarian|pregnant]
        [I'm|I am] [left-handed|divorced|an only child|a twin|a night owl]
        [I'm|I am] [in a meeting|at the airport|in the car]
        [I'm|I am] [at school|on the train|in the queue|on a diet|at lunch]
        [I'm|I am] [hungry|thirsty|cold|late|early|ready]
        [I'm|I am] [busy|free|done with work|lost in the city|allergic to nuts|broke]
        [I'm|I am] [cooking|reading|walking|working late]
        [I'm|I am] [moving house|learning to drive|painting the kitchen|thinking about {topic}]
        [this is|it's|that's] [a mess|my house|a long story|a secret]
        [this is|it's|that's] [my first <thing>|not my <thing>|about {topic}|the wrong <thing>]
        [call it|it's called|they call it|the book is called|the film is called|my shop is called] {topic}
        [call me|text me|ring me|write to me] [later|tomorrow|back|when you can|at home|on monday|tonight]
        [call|get] [me |][a taxi|a doctor|an ambulance|a plumber|the manager|the police|a cab]
        """,
        "request": """
        [I want|I need|I'd like] [a recipe|some facts|a guide|a video|an article] [about|on|for] {noun}
        [I'm looking for|get me|find me] [a recipe|some facts] [about|on|for] {noun}
        [I'm looking for|get me|find me] [a guide|a video|an article] [about|on|for] {noun}
        [can|could|would|will] you [explain|describe|define|summarize] [the |some |]{noun}
        [can|could|would|will] you [draw|sell|find|show me|translate] [the |some |]{noun}
        [can|could|would|will] you [please |kindly |][teach me|tell me about] {noun}
        [can|could|would|will] you [please |kindly |][write about|help me with|look up] {noun}
        [please|kindly|pls|plz] [explain|describe|define|find|translate] [me |][the |some |a |]{noun}
        [please|kindly|pls|plz] [draw|order|send|buy|list] [me |][the |some |a |]{noun}
        [explain|describe|teach] {noun} [like I'm five|in simple words|to my <person>]
        [explain|describe|teach] {noun} [in one sentence|step by step|in detail]
        [write|give|make|tell] [me |us ][a poem|a story|a song] [about|on] {noun} [and {noun}|]
        [write|give|make|tell] [me |us ][an essay|a list|a summary|a quiz] [about|on] {noun} [and {noun}|]
        [what|how] [do you know|do you think|do you feel] about {noun}
        [what's|what is] [your opinion on|the story of|the history of] {noun}
        [what's|what is] [the use of|wrong with|new in|the point of] {noun}
        [what's|what is] the [difference|link|connection|relation] between {noun} and {noun}
        [what|which] [{noun}|kind of {noun}] [is best|should I buy|do you like|is cheapest|is that]
        [what|which] [type of {noun}|brand of {noun}] [is best|should I buy|do you like|is cheapest|is that]
        [which|what] is [better|bigger|older|cheaper|faster|healthier|stronger], {noun} or {noun}
        [why|how|when|where] [do|does|did|can|should] [people|we|they|I|you] [use|make|eat|study] {noun}
        [why|how|when|where] [do|does|did|can|should] [people|we|they|I|you] [like|buy|find|fear] {noun}
        [why|how] [is|are|was|were] {noun} [so expensive|made|important|dangerous]
        [why|how] [is|are|was|were] {noun} [different|famous|so popular|invented]
        [when|where] [was|were|did|is] [the |]{noun} [invented|born|built|start|found|made|sold|held]
        [who|what] [invented|makes|sells|causes|caused|started|owns|likes|teaches] {noun}
        how much {noun} [is there|do I need]
        [how many|how much] {noun} [should I eat|can I buy|is too much|do you have]
        what does [a |the |some |]{noun} [cost|weigh|eat|do|mean]
        [where|how] can I [buy|find|learn|get] [a |some |good |]{noun} [in {city}|near me|online|cheaply|]
        [where|how] can I [see|sell|study|try|rent] [a |some |good |]{noun} [in {city}|near me]
        [where|how] can I [see|sell|study|try|rent] [a |some |good |]{noun} [online|cheaply|]
        [show|send|bring|get] me [a|the|some|your|more|two] {noun}[ please| now| tomorrow|]
        [buy|order|fetch|lend] me [a|the|some|your|more|two] {noun}[ please| now| tomorrow|]
        [book|reserve|plan|organize|prepare|arrange] [a|my|the|our] {noun} [for {small} people|for tomorrow]
        [book|reserve|plan|organize|prepare|arrange] [a|my|the|our] {noun} [in {city}|for my <person>]
        [help|help me|I need help] [with|to understand|to learn|to find|to choose|to fix] [the |my |a |]{noun}
        [turn|put|switch] the {noun} [on|off|up|down|away]
        [fix|repair|check|change|update|delete] [my|the|our|this] {noun}[ please| now|]
        [open|close|move|paint|clean|wash|sell] [my|the|our|this] {noun}[ please| now|]
        [recommend|suggest] [a|some|a good|the best|three|one] {noun}[ in {city}| for my <person>]
        [pick|choose|name] [a|some|a good|the best|three|one] {noun}[ in {city}| for my <person>]
        [recommend|suggest|pick|choose|name] [a|some|a good|the best|three|one] {noun}[ for me|]
        [search|google|look|check the web] for {noun}[ and {noun}| in {city}|]
        [compare|rank|rate|review|mix|combine] {noun} [and|with|to] {noun}
        [translate|spell|pronounce|say] {noun} [in|into|in proper] [french|german|latin|italian|japanese]
        [play|sing|perform|record|compose] [a song|some music|something] [about|with|like] {noun}
        [calculate|estimate|predict|measure] the [price|cost|weight|size|age|value] of [the |my |a |]{noun}
        [remind|tell|ask|teach] my <person> [about|to bring] [the |some |]{noun}
        [is|are|was|were] [the |my |]{noun} [ready|safe|alive|real|open]
        [is|are|was|were] [the |my |]{noun} [free|illegal|a fruit|in stock|made of {noun}]
        [do|does|can|should|will] [a |my |]{noun} [work|help|hurt|grow|float|fly|sleep|bite|break|last long]
        does [the shop|your company|the hotel|the school] [have|offer|sell|accept|include] {noun}
        is there [any|a|some|still] {noun} [left|here|in {city}|today|for kids|in space]
        [have you|did you|do you] [ever |][seen|see|tried|eaten|read about|had|own|studied] [a |some |]{noun}
        [I|we|my <person>] [bought|found|lost|broke] [a|the|some|my] {noun} [yesterday|today|in {city}|]
        [I|we|my <person>] [saw|painted|dropped|sold] [a|the|some|my] {noun} [yesterday|today|in {city}|]
        [I'm|I am|we are] [reading about|learning|writing about] [the |]{noun}
        [I'm|I am|we are] [interested in|worried about|afraid of|tired of] [the |]{noun}
        [I|we] [really |][love|like|hate|miss] {noun} [and {noun}|more than {noun}|a lot|]
        [I|we] [really |][enjoy|prefer|fear|collect] {noun} [and {noun}|more than {noun}|a lot|]
        [I|we] [want|need|have|plan|hope] to [learn|study|buy|visit|see] [the |a |some |]{noun}
        [I|we] [want|need|have|plan|hope] to [cook|build|grow|sell|fix] [the |a |some |]{noun}
        [my|our|the] {noun} [is broken|is missing|hurts|is late]
        [my|our|the] {noun} [is too small|doesn't work|smells|is gone|is dirty]
        [let's|let us|we should] [talk about|discuss|buy|cook|study|visit|play] [the |some |]{noun}
        [tell|give] me [something|everything|a fact] about {noun} [and {noun}|]
        [tell|give] me [three facts|more|a tip|the truth] about {noun} [and {noun}|]
        [any|some|more] [facts|info|information|thoughts|details|ideas|books|films] [on|about] {noun}
        {noun} [please|pls|explained|for beginners|vs {noun}|or {noun}]
        {noun} [recipe|history|meaning|definition|price|near me|facts]
        {noun}, [tell me about it|explain it|what is that]
        {noun}, [how does it work|is it good|what is it for|I need one]
        the {noun} [and the {noun}|of {city}|in my {noun}|on the {noun}|for my <person>]
        [if|when] [the |my |]{noun} [breaks|falls|dies], what [happens|should I do|do we do]
        [if|when] [the |my |]{noun} [stops|explodes|disappears], what [happens|should I do|do we do]
        [what if|imagine|suppose] [the |all |]{noun} [disappeared|could talk|was free]
        [what if|imagine|suppose] [the |all |]{noun} [stopped|exploded|were alive]
        [hi|hello|hey], [I need|do you have|can you find] [a |some |the |]{noun}
        [hi|hello|hey], [I'm looking for|tell me about|I want] [a |some |the |]{noun}
        [excuse me|sorry], [where is the|do you sell|how much is the|can you explain the|I need a] {noun}
        [hey|ok] {bot}, [play|explain|find|order|draw|show me|search] [some |the |a |]{noun}
        [create|design|generate|draw|make] [a|an] [picture|logo|image] [of|with|about|for] [a |]{noun}
        [create|design|generate|draw|make] [a|an] [video|website|photo|poster] [of|with|about|for] [a |]{noun}
        [which|what] [films|books|games] [have|are about|are famous for|are like] {noun}
        [which|what] [songs|cities|countries] [have|are about|are famous for|are like] {noun}
        [give|lend|sell|pass|hand] [me|us|my <person>] [that|this|your|the|a] {noun}
        [who|which one] of you [likes|has|sells|knows about] {noun}
        [download|upload|install|print] [the|my|this|a] {noun}[ file| for me| please|]
        [scan|copy|share|save|export] [the|my|this|a] {noun}[ file| for me| please|]
        [stop|start|keep|quit|avoid] [eating|buying|using|studying|watching|drawing] {noun}
        [homework|essay|report|lesson|exam|question|presentation] [about|on] {noun}[ and {noun}|]
        [advice|tips|help|ideas|instructions|rules] [for|on|about] [my |a |]{noun}[ please|]
        [invent|imagine|make up] a [{noun}|story with a {noun}|name for my {noun}|world without {noun}]
        """,
    }
)
