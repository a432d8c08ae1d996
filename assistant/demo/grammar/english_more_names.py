"""More ways to tell one's own name and to ask for it back in English, by a second author."""

from .expand import blocks

FRAMES = blocks(
    {
        "tell_name": """
        [hey|hi|hello|heya|yo] it's {name}, [quick question|got a question|I need a hand|are you there]
        {name} here, [need help|need some help|got a minute|quick question|can you help me]
        {name} here again, [I have another question|still waiting|same problem as before]
        [ok so|so|right, so|well] I'm {name} and I [have a question|need a bit of help|wanted to ask]
        I'm {name} and [this is my first time here|I just joined|I'm a new customer|I've never used this]
        my name is {name} and I [am calling about my order|work in sales|got your number from a friend]
        my name is {name} and I'm [writing about my booking|a bit lost here|testing this chat]
        [they call me|folks call me|my mates call me|the kids call me|my gran calls me] {name}
        at [work|home|school|church|the office] [they call me|everyone calls me|people know me as] {name}
        [online|in real life|on my passport|on paper|in the system|on my badge] I'm {name}
        [on my id|on my passport|on my birth certificate|on the form] it says {name}
        my mum [named|called|christened] me {name}
        the name I was given [is|at birth is|by my parents is] {name}
        I was born {name}
        I [got|have|carry] the name {name}[ from my grandfather| from my aunt|]
        [you're|you are] now [talking|speaking|chatting] [to|with] {name}
        [this message|this text|this] is from {name}
        [message|greetings|hello|regards|love] from {name}
        [signed|yours truly|best regards|kind regards|cheers|sincerely], {name}
        [the person|the one|the customer] [typing|writing|texting] [this |]is {name}
        [the person|the one] you are [talking|speaking|chatting] [to|with] is [called |named |]{name}
        [your new friend|your newest user|your favourite customer] is {name}
        [say hello to|meet|say hi to|greet] {name}, [that's me|that is me|it's me|your new friend]
        {name} [reporting for duty|checking in|in the house|on the line|signing in|at the keyboard|reporting]
        {name} [calling|texting|messaging|typing] [here|from work|from home|on behalf of myself]
        [it is|it's] {name} [from last week|from yesterday|from before|from upstairs|from the shop]
        [it's|this is] {name} [calling|messaging|texting][ you|]
        [it's|it is] {name} on this side
        this is {name} [on the line|on the phone|at the desk|from reception|from the second floor]
        good [morning|afternoon|evening|day], {name} [here|speaking|this side]
        good [morning|afternoon|evening] [sir|madam|dear|team], I am {name}
        [myself|self] {name}
        hello, {name} this side
        [good name is|my good name is] {name}
        [dear sir|dear madam|dear team], my name is {name}[ and I have a query|]
        I am {name} by name
        by name I am {name}
        [they used to call me|people do call me|everybody knows me as] {name}
        [me|me I'm|I be|na] {name}
        the name's {name}, [mate|love|nice to meet ya|friend|don't wear it out]
        [name's|names] {name}[, yours?|, and yours?|, what about you?|]
        [oi oi|ey up|g'day|howdy|wassup|sup|ello], [I'm|it's|name's|my name's] {name}
        [howdy|hiya|hullo], {name} is the name
        [folks round here call|everyone around here calls|the whole town calls|the lads call] me {name}
        y'all can call me {name}
        u can call me {name}
        [ur|you're] [talking|speaking] to {name} [lol|btw|haha|now]
        [hii|heyy|hiii|helloo] [im|i'm] {name} [:)|lol|hehe|x]
        [im|i am|its|it is] {name} [lol|haha|btw|tho|fyi|again|this time]
        my names {name}
        [mi|ma|mah] name is {name}
        my nam is {name}
        my name iz {name}
        [hi my name is|hello my name is|hey my name is|yes my name is|ok my name is] {name}
        [hi there|hello there|hey there] [my name's|I am|I'm|this is] {name} [and I'm new|how do you do|here]
        [my name would be|the name would be|that would be] {name}
        [name|first name|full name|user name|nickname|nick|username]: {name}
        [name|customer name|client|caller|guest|from|user] - {name}
        nickname's {name}
        my nickname is {name}
        my [friends use|family uses|teachers use] {name}[ for me|]
        my [surname|last name|family name] is {name}
        my [middle|given|christian|pen|stage|artist|married] name is {name}
        [mostly|usually|normally] I [go by|use|get called] {name}
        [these days|nowadays|since the wedding] I [go by|am called|use] {name}
        I'm better known as {name}
        [I'm known|I am known|known] [as|to all as|to my friends as|around here as] {name}
        [I usually get|I mostly get|I get] called {name}
        just {name} [is fine|will do|is good|works|is ok]
        {name} [is fine|will do|is enough|works for me|is good]
        [simply|just|only|plain|plain old] {name}
        you [could|might|should|can] [just |simply |]call me {name}
        [feel free to|go ahead and|you're welcome to] [call|name|address] me [as |]{name}
        [from now on|today|for now|from today] [call me|I'm|I am|my name is|you can call me] {name}
        [let's say|let us say|suppose|say] [my name is|I'm|I'm called] {name}
        [pretend|imagine|assume] [my name is|I'm called] {name}
        [write|put|note|type] {name} [as my name|for my name|down as my name]
        [save|store|keep|file] {name} as my name
        [use|take] {name} [as my name|when you talk to me|when you write to me]
        [keep|bear] in mind that [my name is|I'm|I am called] {name}
        [try to|you should|you must|you'd better] remember [this|me]: [I'm|my name is] {name}
        [I want|I'd like|I need] you to [know|remember|note] [that |]my name is {name}
        [can|could|will|would] you [please |]call me {name}
        [can|could|will|would] you [please |]remember [that |]my name is {name}
        [can|could|may] I [introduce|present] myself[?|:|,] [I'm|my name is|I am] {name}
        [before we start|before I forget|first of all|first things first], [I'm|my name is] {name}
        [before anything else|let me start|let's begin], my name is {name}
        [I forgot to say|I should have said|I didn't say|did I mention], [I'm|my name is] {name}
        [I never told you|I haven't told you yet|you didn't ask] but [I'm|my name is|my name's] {name}
        [since you ask|since you asked|if you must know|if you want to know], [I'm|it's|my name is] {name}
        [to answer your question|as I said|like I said|as I told you|again], [I'm|my name is|it's] {name}
        you asked [for my name|who I am|who this is], [it's|it is|I'm] {name}
        [we haven't met|we have not met yet|we've never spoken], [I'm|my name is] {name}
        [I don't think we've met|have we met], [I'm|my name is|I am] {name}
        [we met yesterday|we spoke last week|we talked before], [I'm|it's|this is] {name}
        [remember me|you remember me], [I'm|it's|this is] {name}
        guess who, [it's|it is] {name}
        [look who it is|look who's here|surprise], [it's|it is] {name}
        [no|nope|nah|wrong], [it's|it is|I'm|my name is|that's] {name}[, not that|]
        [no no|oops|my bad|typo|whoops], [it's|I meant|I mean|my name is|should be] {name}
        [sorry, I|I] [misspelled|mistyped|got wrong] my name, it's {name}
        [sorry|wait|hold on|hang on], [that was wrong|that's not right|wrong name], [I'm|it's] {name}
        [not that|that's not my name|that isn't me|you got it wrong], [I'm|it's|my name is] {name}
        [change|update|correct|fix] my name to {name}
        [I changed my name|I got married|I've changed it], [it's|I'm|call me] {name} now
        [actually|really|in fact|truth is], [people call me|everyone calls me|it's] {name}
        [my friend was typing|that was my brother|that was my wife|new person here], [I'm|now it's] {name}
        [my husband left|different person now|someone else here], [I'm|this is|it's] {name} now
        [scrap that|forget that name|ignore that|that was a joke], [I'm|my name is|my real name is] {name}
        I said {name}
        it's spelled {name}
        you spell [it|my name] {name}
        my name is spelled {name}
        [it's pronounced like it's written|easy to spell]: {name}
        my name is {name} [but|though] [people find it hard|nobody can say it|you can shorten it]
        my name is {name}, [with a y|with two l's|it's Greek|it's from my grandma|it's an old name]
        my name is {name}, [what is yours|what's yours|who are you|and who might you be]
        I'm {name}, [what about yourself|and yourself|what are you called|you are]
        I'm {name}, [how are you|how are you doing|how do you do|how's it going|what's up]
        I'm {name}, [I'm a student|a teacher|a nurse|the plumber|your neighbour|your boss|the new guy]
        I'm {name}, [good to be here|happy to be here|glad to meet you|lovely to meet you|great to meet you]
        I'm {name}, [I think we spoke before|we spoke earlier|you helped me last time|you know me already]
        I'm {name}, [mother of two|father of three|aged {small}|{small} and retired|age {small}]
        I'm {name} from {city}
        I am {name}, [calling|writing|texting|coming] from {city}
        {name} from {city} [here|speaking|says hi|writing]
        [hi|hello|hey] from {city}, [I'm|my name is|this is] {name}
        I [live|work|study|was born] in {city} and [my name is|I'm called|people call me] {name}
        I'm [a student|a teacher|a nurse|a driver|retired|a mum|new here] and my name is {name}
        I'm a [student|teacher|nurse|customer|beginner|grandmother], [my name is|called|named] {name}
        I'm {small} years old and [my name is|I'm called|they call me] {name}
        I need [help|a hand|some advice], [my name is|I'm|this is] {name}
        I have a [question|problem|query|request], [my name is|I'm|this is] {name}
        I'd like to [order something|make a booking|complain|ask something], [my name is|I'm|it's] {name}
        [thanks for having me|glad I found you|finally someone], [I'm|my name is] {name}
        [lovely|great|a pleasure|an honour|wonderful|delighted] to meet you, [I'm|my name is|I am] {name}
        how do you do, [I'm|I am|my name is] {name}
        [how are you|what's up|how's it going|hope you're well], [I'm|it's|this is] {name}
        [what's up|sup|hey dude|hey bro|hey man|hey girl], {name} here
        [testing|test|testing testing|one two three], my name is {name}
        [let's see if you can remember this|here's a test|memory test]: [I'm|my name is] {name}
        [I'll ask you later|I will test you later|don't forget], [my name is|I'm] {name}
        [I'm telling you my name|here is my name|here's my name|this is my name|my name follows]: {name}
        [I'll tell you my name|I can tell you my name|you can have my name], it's {name}
        [the answer is|that's|it is] {name}, [that's my name|that is my name|my name]
        {name}, [that's who I am|that's what I'm called|is who you're talking to|that would be me]
        {name}, [pleased to meet you|nice to meet you|pleasure|how do you do|at your service]
        {name} [would be my name|was the name I was given|is how I'm called|is how people know me]
        {name} [is what it says on my passport|is what my mum calls me|is what you can call me]
        {name} [is my first name|is my nickname|is my surname|is my real name|is my name too|it is]
        {name} [if you please|if you don't mind], that's what I like to be called
        hello I am {name} and [I don't know what to write|I'm not sure how this works|I want to try you]
        [I know it's odd|don't laugh|it's a strange name|funny name I know] but [I'm called|my name is] {name}
        [believe it or not|no joke|seriously|for real], my name is {name}
        [parents were hippies|it's a family name|blame my dad], I'm [called|named] {name}
        I'm none other than {name}
        I'm [just|only|the one and only|the famous|your old friend|none but] {name}
        [I'm not a bot|I'm human|I'm a person], [I'm|my name is|called] {name}
        [may I be|let me be] {name} [today|for you|in this chat]
        [everybody else|my boss|my teacher|my doctor] [calls me|says|knows me as] {name}
        [my name, it is|my name it's|me name is|me name's] {name}
        [you may know me as|you might know me as|you'll know me as|I'm sometimes called] {name}
        [I like|I love|I prefer] the name {name}[, use that|, call me that|, so use it]
        I prefer {name}
        I'm referred to as {name}
        [who am I? I'm|who's this? it's|my name? it's|me? I'm|who, me?] {name}
        """,
        "ask_name": """
        what did I say my name was [at the start|at the beginning|earlier|a minute ago|just now|before]
        [bet|I bet|betcha|I'm sure|pretty sure] you [forgot me|forgot my name|have no clue who I am]
        [bet|I bet|betcha] you [can't|couldn't|won't] [tell me|say|guess|remember] [my name|what I'm called]
        [can you|could you|are you able to] tell who I am
        [do you|do you happen to|would you] know what I'm called
        have you [already |]forgotten [me|my name|who I am|what I'm called]
        you [didn't forget|won't forget|never forgot] [me|my name|who I am], [did you|right]
        [you forgot|did you forget|don't you remember] [my name|me|who I am] already
        don't you [know|remember|recall] [me|my name|who I am|what I told you my name was]
        you do [know|remember] [my name|who I am|what I'm called], [right|don't you|yes|no]
        surely you [know|remember|noted|saved] [my name|who I am|what I'm called]
        [let me test you|little test|memory test|pop quiz|quick check|time for a quiz], what's my name
        [I'm testing you|I want to test your memory|let's test your memory], [who am I|what's my name]
        [test your memory|use your memory|think hard|think back]: [what's my name|who am I|my name]
        [are you paying attention|were you listening|were you paying attention], what's my name
        if you were listening, [what's my name|you know my name|tell me my name]
        [ok|right|so|now|alright] [then |]smarty, what's my name
        what [is|was] the name [I introduced myself with|I started with|I typed at the start|I wrote above]
        what [is|was] it that [I said my name was|I told you to call me|people call me|I'm called]
        what name did I [type|write|use|enter|put|introduce myself with|start with|sign with]
        [what|which] name [am I using|do I go by|do I use|do I answer to|did you hear|have you written down]
        what name [goes with me|belongs to me|is mine|would you use for me|did I tell you before]
        [who|what name] did I [introduce myself as|tell you I was|say this was]
        who did I tell you I was
        who do you [think|believe|reckon|suppose] [I am|you are talking to|this is|you're speaking with]
        guess who [I am|this is|you are talking to]
        [guess|try to guess|try and remember|try to recall] my name
        [can|could] you guess my name
        [tell|remind] me who I am
        [tell|remind] me what [I'm called|my name is|I said I was called|you call me|name I gave you]
        [tell|give|read|write|spell|say] me my name [back|again|once more]
        say my name [back|again|back to me|once more|out loud|one more time]
        [repeat|recite|read back|echo|type out|print|display] my name
        [repeat|read] [back |]the name [I gave|I told you|you have for me|I just gave you]
        [can|could|would|will] you [repeat|spell|say|write|type|use|read back] my name
        [can|could|would|will] you [address|greet|call|welcome] me by my name
        [call|greet|address|thank] me by [the name I gave you|name|my first name|my own name]
        use my name [in your answer|when you answer|in a sentence|please|for once]
        answer with my name
        [reply|respond|come back] with [just |only |]my name
        [write|give me|I want] only my name
        just my name [please|nothing else|and nothing more]
        my name [again|please|once more|was what|is?|is what now|what is it|what was it]
        my name [do you know it|do you have it|do you remember it|can you say it|you got it]
        my name - [do you still have it|what is it|still remember it|say it]
        [me|myself|and me|and I], [what am I called|what's my name|who am I]
        [my own name|me name|my nam], what [is|was] it
        [wats|wat is|wht is|whts|wots|waht is] my [name|nam|nme]
        [whats ma name|what my name|what name I have|what name mine]
        [whos this|who's this|who is this] [texting you|writing to you|talking to you]
        [who is|who's] [the person|the one|the user|the customer] [you are talking to|writing|you're helping]
        [who is|who's] [chatting|messaging|typing] [with you|to you|here] [now|right now|at the moment]
        [who is|who's] asking [you this|you all this|these questions]
        who [have you been|were you] [talking|speaking|chatting] [to|with] [all this time|just now]
        [to|with] whom [are you chatting|do you speak|have I the honour]
        [do|did] you [get|catch|hear|keep|see|save|store|log|register] my name
        did you [get|hear|catch] [it when I said my name|who I was|who I am]
        did my name [stick|get through|register|come through|get saved]
        is my name [saved|stored|in your memory|in your notes|still there|in there somewhere]
        under what did you [save|note|file] me, what [is|was] my name
        [have you|you] got my name [written down|saved|noted|in there|somewhere|on file]
        what's [in your notes|written|on file|in your memory|saved] [for|under|about] my name
        what name [is on file|is in your notes|is saved|is listed|shows up] for me
        what do you [have|got|see] [under|as|for] my name
        [check|look in|look at|search] your [notes|memory|records|history], what's my name
        [scroll up|look back|look above|read above|go back], what [is|was] my name
        [look at|check|read] what I [wrote|said|told you] [before|first], what's my name
        [based on|from|according to] what I [told you|said|wrote], [what's my name|who am I]
        [earlier|before|a while ago|at the beginning|yesterday|a moment ago] I [said|gave] my name, which was
        [earlier on|at first|when we started] I [told you who I was|introduced myself], [so who am I|who am I]
        I [introduced myself|told you who I was|gave you my name] [earlier|before], [remember|who am I]
        I [gave|told] you my name [at the start|first thing|a minute ago|twice], so what is it
        I [did tell|already told|have told] you my name, [didn't I|what was it|say it]
        I [think|believe|thought] I [told you|mentioned|said] my name, what was it
        I'm not sure I [told you|mentioned|gave you] my name, [do you know it|did I|do you have it]
        I don't [know|remember] [if|whether] you [have|know|saved] my name, [do you|what is it]
        I [keep forgetting|forget|can't recall|don't remember|can't think of] [my own name|what I'm called]
        I [have|had] [amnesia|a blackout|a senior moment|a brain freeze], [who am I|what's my name]
        [I'm getting old|my memory is bad|I'm so tired|I lost my memory], what's my name again
        my [grandson|wife|friend|boss|kid] wants to know if you [know|remember] [my name|who I am]
        my [friend|son|wife|boss] says you [forget|don't know] [names|people], [who am I|what's my name]
        I need to know what name [I gave you|you have for me|you know me by]
        I need you to [say|repeat|remember|tell me|write] my name
        I want [you to say my name|to hear my name|to see if you know my name|to see my name]
        I'd [like|love] to [hear|see] [you say my name|my name|if you know my name]
        I [wonder|was wondering|am curious|wanna know] [if|whether] you [remember|know|kept] my name
        I'd like to know [if|whether] you [still |]remember [my name|who I am|me]
        it would be nice if you [said|remembered|used|knew] my name
        [be honest|honestly|tell the truth], do you [know|remember] [my name|who I am]
        [please|pls|plz|kindly] [say|tell me|confirm|state|give|repeat] my name
        kindly [tell|confirm] [what is my name|my good name|my name|who I am]
        what is my good name
        [confirm|verify|double check|check] my name [please|for me|so I know you have it]
        just to [confirm|check|be sure|make sure], [what's my name|what name do you have|who am I]
        [to check|for verification|for the record|to be sure], what's my name
        [so|and|but|then] who am I [now|to you|really|supposed to be|in this chat]
        [so|and|ok so] what do [you|I] [call me|go by|get called]
        how was it [you call me|I said I'm called|I'm called|that I'm called]
        how did I [introduce myself|sign|say I was called|call myself]
        how did I say [I was called|my name was|you should call me]
        how [do I appear|am I saved|am I listed|do I stand] in your [list|notes|memory]
        how would you [greet|introduce|address] me [to a friend|by name|to someone|if we met]
        if someone asks [who I am|my name|who wrote you], what do you [say|tell them|answer]
        if I asked you my name, what would you say
        if you [remember|know|have] my name, [say it|tell me|type it|what is it]
        when you [talk to|address|write to] me, what name do you use
        what would you call me [if you had to|now|today|in a letter]
        what would you [write|put] on my [name tag|badge|birthday cake|cup]
        what [should|do] I [sign as|put as my name|write as my name], the one I told you
        [what|which] [first|last|full] name did I [give|tell|mention to] you
        what's my [nickname|surname|last name|name in this chat|username|nick|handle]
        [what is|what's] [me name|mah name|ma name|the name of me|the name of this user|this user's name]
        [what is|what's] the [user's|customer's|caller's] name
        [hello|hey|hi] again, [do you remember me|what's my name|who am I|remember my name]
        [hello|hey|hi|yo], [remember me|know me|recognise me|know who I am]
        I'm back, [do you remember me|who am I|what's my name|remember my name]
        [long time no see|it's me again|me again|it's me], [who am I|what's my name|know my name]
        [do you|can you|would you] [recognise|recognize|place|identify] me
        [have we been|were we] introduced, [what's my name|do you know who I am]
        [say|tell me], what's my name [then|again|mate|buddy|friend]
        [ok|alright|cool|great|nice|fine] [now |and ]what's my name
        [thanks|thank you|great], [and what was my name|now what's my name|do you still know my name]
        [one more thing|last question|before I go|another thing], what's my name
        [before I leave|before we finish|one last thing], [do you know who I am|can you say my name]
        [and|now|so] [mine|my name|who I am], [do you know it|do you remember]
        [enough about you|now about me|let's talk about me], [what's my name|who am I]
        [you're {bot}|your name is {bot}|you are {bot}], and [I am|my name is|what's mine|who am I]
        you're {bot} but who am I
        [I know your name|you told me your name|that's your name], what's mine
        [that's|that is] your name, [I asked for mine|what's mine|and mine]
        not your name, [mine|my name|what's mine]
        [not you|I don't mean you|I mean me], what's my name
        [hey|hi|ok] {bot}, [what's my name|who am I|do you remember my name|say my name|remember me]
        what's my name, {bot}
        [do|can] you remember my name, {bot}
        [damn|dude|bro|man|come on|seriously], what's my name
        [you idiot|stupid bot|useless thing|oh come on], what is my name
        [bruh|yo|aye|fam|lol], [who am i|whats my name|u know my name|remember my name]
        [do u|u|can u] [remember|know|recall|say] [my name|me|who i am|ma name]
        [sweetie|dear|darling|love], [do you know my name|what was my name|tell me my name]
        excuse me, [what was my name|do you recall my name|could you say my name]
        [would you be so kind as to|would you be able to|could you possibly] [say|repeat|tell me] my name
        [may|might] I ask [what you have as my name|if you remember my name|what my name is]
        [you wouldn't|you don't] happen to [remember|know|have] my name, would you
        [any chance|is there a chance|any hope] you [remember|know|kept|saved] my name
        [any idea|any guess|any clue] [who I am|what my name is|what I'm called|who you are talking to]
        no idea [who I am|what my name is|what I told you my name was], do you [know|remember]
        [is my name still|do you still have my name] in your [memory|head|brain|notes]
        [let's see|let me see|show me] [how good your memory is|what you remember], [what's my name|who am I]
        [show me|prove|prove to me] that you [know|remember] [my name|who I am|me]
        [prove it|prove you were listening|show me], [what's my name|say my name|who am I]
        [what|who] am I [known as|called again|going by|named]
        [what|how] was I [called|named] [again|then]
        """,
    }
)
