"""More ways to ask for one's own name and to give it in English, by a third author."""

from .expand import blocks

FRAMES = blocks(
    {
        "ask_name": """
        [before|first, before] we [go on|continue|carry on|move on|proceed], [could you say|tell me|please say] what I'm called
        [wait, before|but before|before] we [go any further|get started|begin|talk business], [what's my name|who am I|what am I called]
        [let's see|let me see|we'll see|time to see] [whether|if] you [noted|kept|took in|picked up|retained] [my name|what I'm called]
        [I want to see|I'd like to see|I'm checking|just checking] [whether|if] [my name|the name I gave] [stuck|sank in|was noted|got through]
        as what did I [introduce myself|present myself|announce myself|sign in|register]
        [under|by|with] [what|which] name did I [introduce myself|present myself|announce myself|sign in|write to you]
        [by|under] [what|which] name [should|would|will|do] you [address|greet|file|remember|record] me
        what name did I [open with|begin with|present myself under|come in with|mention first|go with][ earlier| again| just now|]
        [what|which] name [appears|stands|was typed|was given|was mentioned] [in my first message|at the top of this chat|above|earlier]
        [in|from] my [first|very first|opening|earlier|previous] [message|text|line|sentence], what [name did I give|did I say I was called]
        [my first message|the first message|my opening line] [had|contained|included|mentioned] my name, [what was it|which was it|repeat it]
        [you can find|it says|I put|I left|I mentioned] my name [above|up there|in my first message|further up], [what is it|which is it|read it to me]
        [go through|reread|look over|go back over] [our chat|this conversation|my messages|what I wrote] and [tell me my name|say who I am|find my name]
        [you haven't|you've not|you have not|surely you haven't] forgotten [my name|who I am|what I'm called], have you
        [you haven't|you've not|you have not] [lost|deleted|erased|mixed up] my name, have you
        [you don't|you do not] remember [my name|who I am|me|what I'm called][, do you| any more| anymore|, I guess]
        [you don't|you do not] [actually |really |even ]know [my name|who I am|who this is|what I'm called], do you
        [didn't|did not] I [just |already ]tell you [my name|who I am|what I'm called][, what was it|]
        [didn't|have] you [already |]been told [my name|who I am|what I'm called]
        [weren't|were] you [told|given] my name [earlier|before|already|at the beginning|a moment ago]
        [wasn't|was] my name [given|mentioned|said|noted|written] [earlier|before|above|somewhere], what [is|was] it
        [has|hasn't] my name [slipped your mind|gone from your memory|been lost|been forgotten|gone missing][ already| yet| by now|]
        [have I slipped your mind|did I slip your mind|did you forget me|am I a stranger by now], [what's my name|what is it I'm called]
        [am I|I'm] [nameless|a stranger|anonymous|just a number] [to you|here|for you] or do you know my name
        [do I|don't I] have a name [here|with you|in this chat|for you][, and what is it|, which one|]
        [is there|have you] a name [you know me by|attached to me|next to my messages|for the person writing this]
        do you [know|recall|realise|realize] who [it is you're talking to|you have in front of you|you're dealing with|you are helping]
        [any recollection|any memory|some memory|a trace] of [my name|what I'm called|who I said I was]
        [still|you still|u still] [got|have|keep] my name [or has it gone|or not|in your head|stored|with you]
        [got|you got|you have|u got] my name [still|or nah|or not|saved|right]
        [what did|what'd] I [call myself|say I'm called|tell you I'm called|give as my name|put as my name]
        [what is it|what was it] [that I'm called|I said my name was|I told you about my name|people call me again]
        [what's|whats|what is] [the name of your customer|the name of the person writing|the name of the one asking|my name, bot]
        [what's|what is] [this person|this customer|yours truly|the human here|the person at this keyboard] called
        who [is it you are|do you believe you're|do you reckon you are] [talking to|chatting with|helping|replying to|assisting]
        who [is|was] it [that wrote to you|that is writing|that just greeted you|you said hello to]
        who [have I said|did I claim|did I mention|have I told you] [I am|I was|to be]
        [whose|what] name [did I give you|do you have for this chat|should go on my order|is linked to me]
        [to|for] you, [what's my name|who am I|what am I called]
        [me|my turn|now me|and for me|about me]: [what's my name|who am I|what am I called|say my name]
        [my name|me name|ma name|my first name], [you still know it|what was it again|say it|spell it|repeat it]
        [my name|the name I told you][ -|:|...| =] [what is it|say it|do you know it|which was it]
        my name [starts with which letter|begins with what letter|is spelled how|is written how], [what is it|say it]
        [how|in what way] [is my name|do you] [spelled|written|spell my name|write my name]
        [spell|spell out|type|write out] [my name|the name I gave you|what I'm called] [letter by letter|for me|please|so I can check it]
        [repeat|say|write|type] my name [twice|three times|in capitals|slowly|word for word|exactly as I wrote it]
        [repeat|say|read out|state] [what I'm called|who I said I was|the name I introduced myself with]
        [pronounce|voice|utter|mention|drop|quote|cite|reveal] my name[, please| for me| once| again|]
        [tell|give|hand|send|throw] me [back |]my [own |]name[, will you|, would you| so I know you listened|]
        [return|give back|play back|hand back|send back] my name[ please| to me|]
        [name|identify|call out] [me|the person you're talking to|your customer|the person writing]
        [put|write|say] my name [in your next message|in your reply|here|in one word|and nothing else]
        [in one word|one word only|no explanation|short answer], [what's my name|my name|who am I]
        [finish|complete|fill in] [this|the sentence|the blank]: [my name is|I am called|the name of this user is]
        [fill in the blank|complete this|finish this], my name is ...
        [answer|reply to|tell me] [this|one thing|just this|this one]: [what's my name|who am I|what am I called]
        [question|a question|small question|next question|first question] [about me|on my name|for you], [what's my name|what am I called]
        [I have|here's|I've got] a [question|test|riddle|challenge] for you: [what's my name|who am I|what did I say my name was]
        [easy|hard|trick|simple|silly|weird] question, [what's my name|who am I|do you know my name]
        [this is|consider this] a [test|check|memory check|small exam]: [what's my name|who am I|say my name]
        [I'm going to|I'll|let me|I will] [check|test|try|examine] your memory[:|,] [what's my name|what am I called|who am I]
        [how's|how is|how good is] your memory[?|,] [what's my name|who am I|do you recall my name|what did I call myself]
        [can|could|do] you [keep|hold|hang on to|retain] a name, [what's mine|what was mine|what's my name]
        [good memory|bad memory|short memory|memory like a sieve]? [what's my name|who am I|do you know my name]
        [my memory|the old memory|this head of mine] [isn't what it was|fails me|is going|plays tricks], [what's my name|what did I say I was called]
        [I'm|I am] [going senile|having a moment|half asleep|confused|so drunk], [what is my name|what's my name again|who am I]
        I've [forgotten|blanked on|lost] [my own name|who I am|what I'm called][, can you help|, what is it|, remind me|]
        I [hit my head|had a fall|woke up confused|lost my papers], [who am I|what is my name|tell me my name]
        I [can't|cannot|don't] [remember|recall|think] [what name I used|which name I gave|what I told you my name was|what I signed with]
        I [forgot|don't know any more|can't tell|am not sure] [which name I gave you|what name I used here|who I said I was|how I signed]
        I [hope|trust|presume|assume|take it] you [know|remember|noted|kept|wrote down] my name[, what is it|, say it|]
        I [wonder|doubt|question] [if|whether] you [could still|can|still] [say|recall|remember|tell] my name
        I [doubt|don't think|don't believe] you [know|remember|kept|noted|recall] [my name|who I am|what I'm called]
        I'd [be surprised|be impressed|be glad|be happy] if you [knew|remembered|still knew|could say] my name
        I'd [appreciate it|be grateful|like it|love it] if you [said|repeated|told me|confirmed] my name
        I [should|would] like [you to|to hear you] [repeat|say|confirm|read out] my name[ back|]
        I [gave|told|typed|sent] you [a name|my name|who I am] [before|earlier|up top], [what is it|which one|tell me it|what did I say]
        I [mentioned|dropped|stated|spelled out|wrote] my name [earlier|before|at the top|when I said hello|already], [so what is it|what is it|repeat it]
        [since|as|now that] [I've introduced myself|you know me|we have met|I told you], [what's my name|say my name|who am I]
        [if|assuming|provided] [I told you|I gave you|you have|you noted] my name, [what was it|what is it|say it now|please repeat it]
        [if|in case] you [remember me|know me|know who I am|recall my name], [what's my name|prove it|tell me what I'm called]
        [if|suppose] you [had to call|wanted to greet|were to write to|needed to page] me, [what name would you use|which name would you say]
        [if|suppose] [your boss|a colleague|somebody|a friend] asked who [wrote to you|you are talking to|I am], what would you [say|answer]
        [which|what] name would you [write on|print on|put on] my [order|receipt|parcel|invoice|ticket|cup|letter]
        [what|which] name [goes|should go|will be|is] on my [order|receipt|parcel|booking|ticket|reservation]
        [what|which] name [did you put|have you put|is] [down for me|on my account|in my profile|on my file]
        [the booking is|the order is|I booked|the table is] under my name, [what is it|which is what|do you have it]
        [for|on] the [form|order|label|receipt|invoice], [what's my name|what name did I give|confirm my name please]
        [please |kindly |]confirm [the name I gave|who you're speaking to|what name you have for me|what I'm called]
        [could|would|can|will] you [please |kindly |]confirm [my name|my first name|the name you have for me|who I am]
        [can|could] you [check|see|look up|verify|find] [my name|what name I gave|who I am] [for me|in this chat|above|please]
        [can|could|do] you [bring|call] [my name|me] to mind
        [can|could] you [quote|name|place|identify] [me|the person you are talking to|who wrote this]
        [can|could|may] I [hear|see|have|get] [my name|you say my name|my own name] [once|again|back|from you|please]
        [could|might] I [trouble you for|ask you for|ask you to repeat] my [own |]name[, please|]
        [may|might] I [enquire|inquire|ask] [what name you have for me|whether you recall my name|if you remember who I am]
        [would|do] you [mind|care] [repeating|saying|confirming|spelling] my name
        [would|will] you [say|repeat|type|whisper|shout] my name[ for me| to me| once| please|]
        [do me a favour|do me a favor|be a dear|be kind|humour me] and [say|tell me|repeat|remind me of] my name
        [forgive|excuse|pardon] [me|an old man|an old lady], [what did I say my name was|do you still know my name|what was my name]
        [I beg your pardon|with respect|if you please|good sir|dear assistant], [what is my name|by what name do you know me]
        [what say you|tell me true|pray tell|pray], [what is my name|who am I|what am I called]
        [are you able to|would you be able to|is it possible for you to] [name me|say who I am|recall my name|tell me my name]
        [have you made|did you make|have you taken|did you take] a note of my name[, what is it|, which is|]
        [have you registered|did you register|have you recorded|did you memorise|have you grasped|did you understand] my name
        did [that|it|my introduction|what I said|my hello] [sink in|stick|register], what's my name
        [did you|were you able to] [note|read|get|pick up|catch] [what I'm called|how I'm called|the name I gave]
        [you took|you made|you kept|you have] [a note of|note of|record of] my name, [right|yes|didn't you|what is it]
        [you|u] [know|remember] [what|wat] [im|i'm|I am] called[ right| or| or nah| yeah| lol|]
        [u|you] [4got|forgot|4gt|forgotten] [my name|me|who i am][ already| lol| didnt u| huh| yet|]
        [do u|u|you] [kno|knw|know|evn know] [my name|who i am|who this is|me][ or nah| rite| yet| tho| bro|]
        [wat|wats|wot|whats|what] [my name|my name rn|is my name again|was my name|do u call me|did i say my name was][ lol| bro| tho| pls| haha|]
        [tell|tel] me [ma|my|mi] name [rn|bro|pls|plz|lol|fam|now|real quick]
        [say|spell|type] [ma|my] name [rn|bro|fam|pls|plz|lol|real quick|if u can]
        [who am i|whats my name|my name] [bestie|bro|fam|dawg|homie|queen|lol|rn|again lmao|??]
        [lol|lmao|haha|omg|bruh|ngl|ok bet] [do you even know|do u know|you forgot|u remember] [my name|who i am|what im called]
        [idk if|not sure if|wonder if] [u|you] [remember|know|got|saved] [my name|who i am|me]
        [bet|betting] [u|you] [dont|don't|cant|can't] [know|remember|say|spell] [my name|who i am]
        [name of me|my own name|I my name|name mine|me my name] [what is|is what|which is|how is|tell please]
        [what is name of me|how I am called|how is my name|how I call myself|how do I call|how am I named]
        [how you call me|what you call me|how me call|you know how I call|which is my name]
        [you know|you remember|you can say|you can tell] [how is my name|how I am called|what is name of me|how I named]
        [please|sir|friend|dear|hello] [what is my name|how I am called|my name is which|tell my name]
        [what be my name|wetin be my name|you sabi my name|how you dey call me|abeg what is my name]
        [wha's|whit's|whit is|what's] [me name|ma name|mah name|the name on me][ then| again| lad| hen| pal|]
        [d'you|d'ya|dya|do ya|do yous] [know|remember|mind] [me name|my name|who I am|what I'm called]
        [what's|what is] the name [I go under|I use|I chat under|I write under|you've got down for me]
        [oi|right|come on|well then|go on], [what's me name|what am I called|say my name then|who am I then]
        [go on|come on|well], [say it, my name|say my name|guess my name|tell me who I am]
        [for the last time|for the third time|once and for all|I repeat], [what is my name|who am I|say my name]
        [you never|why don't you|why won't you|why do you never] [use my name|call me by name|say my name]
        [stop guessing and|just|simply|quit joking and|enough, just] [tell me my name|say my name|say who I am]
        [wrong|no|nope|not that|that's wrong], [what's my name really|I asked my name|try again, what's my name|what did I say my name was]
        [no|nope|not you], [I asked what my name is|I want my own name|I asked who I am|my name I mean]
        [I'm not asking your name|forget your name|not your name|I know what you're called], [what's mine|what am I called|I'm asking for mine]
        [you told me yours|I know who you are|you're the bot|you said who you are], [now who am I|now tell me mine|and what am I called]
        [you have a name|everybody has a name|everyone has a name], [what's mine|which is mine|do you know mine]
        [and|but|so] [which|what] [name was mine|one is my name|name did I have|name do I have][ again| then| here|]
        [and|so|well|ok] [the name I gave you|the name you noted for me|my own name|my name from before] was
        [and|so|then] [I am|I'm|my name is|I'm called] [who|what|who again|what again]
        [I am|I'm] [called what|named what|who exactly|known as what|who now|who again]
        [they call me|people call me|you call me|I'm called|I go by] [what|what again|what now|how]
        you're [talking|speaking|chatting] [to|with] [who|whom][ again| right now| exactly| here|]
        [you'd call me|you would address me as|you have me down as|I introduced myself as|I told you I was] [what|who]
        [{bot}|hey {bot}|ok {bot}|dear {bot}], [what am I called|do you know who I am|can you repeat my name|you forgot my name]
        [what am I called|who am I to you|can you say my name|tell me my name], {bot}
        [since|as] [you are|you're] {bot}, [who am I|what's my name|who might I be|what would my name be]
        [ok|good|fine|right] {bot}, [let's see if you know my name|spell my name|who's talking to you|remember who I am]
        [thanks for that|that helps|good to know|very good|perfect], [by the way do you remember my name|and who am I|do you know what I'm called]
        [by the way|incidentally|out of curiosity|on another note|changing the subject], [what's my name|do you recall my name|who am I]
        [back to me|coming back to me|one thing about me|about myself], [what is my name|what was my name|do you know my name]
        [after all this|after all we said|after all these questions|after so much talk], [do you still know my name|what's my name|who am I]
        [it's been a while|we talked a lot|that was a long chat|many messages later], [do you still know my name|what is my name|what was my name]
        [are you still there|still there|still with me|are you awake], [what's my name|do you know who I am|and my name is]
        [I came back|back again|here again|I returned|I'm here again], [do you still know my name|what's my name|who am I]
        [my kids|my husband|my wife|my mother|the others here] [don't|doesn't|won't] believe you [know|remember] my name[, say it|, show them|]
        [my daughter|my flatmate|the teacher|my mum] [bets|claims|swears|insists] you [don't know|forgot|can't say|can't remember] my name
        [to prove|to show] [you were listening|you remember me|you're smart|it works], [say my name|tell me my name|what's my name]
        [to be certain|to be safe|for safety|just in case|for my peace of mind], [what's my name|repeat my name|confirm my name]
        [so that|so] [I know you listened|we are clear|there's no mistake|the order is right], [what's my name|repeat my name|what name do you have]
        [I need it|it's needed] for [a form|the order|a label|the file]: [what's my name|what name did I give you|my name please]
        [wait|hang on|hold on|hm|hmm], [do you know my name|what did I say my name was|did I tell you who I am|who am I to you]
        [did|have] I [even |ever |actually |]introduce[d|] myself[, do you know my name|, what is it|]
        [how|in what way] would you [start a letter to me|say hello to me by name|thank me by name|wake me up by name]
        [wish|say|tell] me [good night|good morning|goodbye|happy birthday] [with my name|using my name|by name]
        [do you know|are you aware|are you sure] [what they call me|who's writing|how I'm called|who sent this message|what name I have]
        [my parents gave me|I was given|I carry|I have] a [lovely|nice|funny|strange] name, [what is it|which one|do you remember it]
        [I've got|I have] a [short|long|rare|common|beautiful] name, [what was it|do you still know it|can you say it]
        [it's about|this is about|I'm asking about|I'm talking about] my [own |]name, [what is it|do you know it|what was it]
        [remember|recall|think of] [the introduction|how I introduced myself|when I said hello|the start], [what was my name|what did I call myself]
        [remember when|you know when|back when] I [said hello|introduced myself|started|wrote first], what [was my name|did I say my name was]
        """,
        "tell_name": """
        {name}, [a pleasure|delighted|charmed|glad to be here|new here|my pleasure]
        [pleasure|a pleasure|my pleasure|delighted|charmed|enchanted|honoured], {name}
        [oh hi|oh hello|ah yes|ah hello], it's [me, |]{name}[ here| again|, remember me|]
        [hi|hello|hey|evening|morning|afternoon], {name} [writing|messaging|again|from the office|from upstairs|at your service]
        [hi|hello|hey|morning|evening] [all|team|folks|guys|everyone], {name} [here|speaking|writing|this side]
        with you is {name}
        [with you here is|at this end is|on this end is|on the line is|here with you is|behind the keyboard is] {name}
        [the name is|name is|the name's|the name would be] {name}, [I'm a regular|I ordered yesterday|I called earlier|I have an appointment|as usual]
        you can [note|jot|put|write|mark|type] down [the name|my name as|that I'm|that my name is] {name}
        you can [note|jot|write] down: {name}
        [note|jot|write|take|put] down[, please|]: [my name is|I'm|the name is|it's] {name}
        [note|jot|write|put] this down[:|,] [I'm called|my name is|I'm] {name}
        [you have|you've got] {name} [here|on the line|with you|writing|speaking]
        [it'll be|it would be|that'll be|it's gonna be] {name}, [my name I mean|if you need my name|for the name]
        [make a note|make a note of it|take note|for your notes|for your records|for your files], [I'm|my name is|the name's] {name}
        [for the order|for the booking|for the invoice|for the form|for the receipt], [my name is|the name is|I'm|it's] {name}
        [put|book|place|reserve] it under [the name |]{name}, [that's me|that's my name|my name|that's what I'm called]
        [the reservation is|the order is|the parcel is|the appointment is] [for me|mine|in my name], {name}
        [I have|I've got|I made] [a booking|an order|an appointment|a complaint|a reservation], my name is {name}
        [I ordered|I bought|I booked|I returned] [something|a <thing>|two things] [yesterday|last week|from you|online], [I'm|my name is|name's] {name}
        [I'm writing|I write|I'm messaging|I'm contacting you] [about|regarding|because of] [my order|a <thing>|the invoice], my name is {name}
        [I'm writing|I write] to you because I [need help|have a problem|saw your ad|want to buy a <thing>], [I'm|my name is] {name}
        [my name is|I'm|this is|I am] {name} and I [saw your ad|bought a <thing> from you|need a <thing>|would like some information]
        [my name is|I'm|this is] {name} and I'm [interested in|asking about|waiting for|looking for] [a <thing>|my <thing>|your prices|some help]
        [my name is|I'm] {name}, [I wanted to ask about|I'm looking for|I need|I'd like] [a <thing>|some information|your prices]
        [hi|hello|hey], [I'm|my name is|this is] {name}, [a customer of yours|I wrote last week|I'd like some help|can you help me out]
        [hi|hello|hey] I'm {name} [nice to meet you|I have a question|can we talk|from the gym|your new client|I need some advice]
        [good morning|good afternoon|good evening|good day], [I'm|my name is|this is] {name} and I [need some help|have a query|would like to ask something]
        [I'd like to ask something|I have a question|I need some help|something is wrong with my order], [I'm|my name is|this is] {name}
        [can you help me|could you help me|are you there|is anybody there|got a minute]? [I'm|my name is|this is|it's] {name}
        [I was told to write here|a friend sent me|I found you online|I got your number from a friend], [I'm|my name is|this is] {name}
        [thanks for the reply|thanks for answering|thank you for writing back|thanks for getting back to me], [I'm|this is|it's|my name is] {name}
        [all the best|warmly|best wishes to you all|respectfully yours], {name}
        [yours|yours faithfully|respectfully|with kind regards|best wishes|with love|your client|your customer], {name}
        [that's all for now|I await your answer|looking forward to your reply|have a nice day|see you soon], [signed|regards|yours|cheers], {name}
        [greetings|best|regards|a hug|kisses], {name} [here|from {city}|over here|speaking]
        [signed|sent|written|typed] by [me, |yours truly, ]{name}
        [signing|writing|posting|typing] [as|under the name|under] {name}
        [I sign|I write|I post|I publish] [as|under the name] {name}
        [sender|from|author|contact|my details|contact person|client name|name of customer]: {name}
        [name and age|name and city|my data|details|my info]: {name}, [{small}|{city}|{small} years|from {city}]
        {name}, {small}, [from|living in|born in] {city}
        {name}, [from|of|living in|based in|born in] {city}
        {name}, [teacher|nurse|student|driver|baker|engineer|retired|plumber|cook] [from {city}|in {city}|by trade|and proud of it]
        {name}, [I work|I live|I study|I grew up] in {city}
        {name}, [that is how I'm called|so they call me|that's how you spell it|written as you see|as in the song]
        who else but {name}[ here| again|]
        {name} [from|over at|at|of] {business}
        {name} [from|with|at|of] {business} [here|speaking|writing|on the line]
        [I'm|this is|my name is|it's] {name} [from|with|of|at|over at] {business}
        [I'm|my name is|this is] {name}, [I work for|I run|I own|I'm calling from|I represent|I'm the manager of] {business}
        [I work at|I come from|I'm with|I represent|I'm calling from|I run] {business}, [my name is|I'm|the name's] {name}
        [is this|hello is this|am I talking to|hello] {business}? [I'm|this is|my name is|it's] {name}
        [dear|hello|hi] {business}, [I'm|my name is|this is|it's] {name}
        [a friend|my boss|my neighbour|my sister] recommended {business}, [I'm|my name is] {name}
        [so you are|you're|you must be|I see you're|ah,] {bot}, [well I'm|and I'm|and my name is|nice, I'm|my name is] {name}
        [nice to meet you|pleased to meet you|good to see you|thank you|hello], {bot}, [I'm|I am|my name is|call me] {name}
        {bot}, [I'm|my name is|this is|it's|you can call me|meet] {name}
        [you are|you're] {bot} and [I'm|I am|my name is|they call me] {name}
        [you're|your name is|they call you] {bot}, [mine is|mine's|me, I'm|I on the other hand am] {name}
        [like you are|just as you are|as you're] {bot}, I'm {name}
        my name is not {bot}, it's {name}
        I'm not {bot}, [that's you|you are]. [I'm|my name is] {name}
        [mine is|mine's|and mine is|and mine's|my own is|as for mine, it's|mine would be] {name}
        [as for me|for my part|on my side|me personally|now me], [I'm|I am|my name is|I'm called] {name}
        [me? |me, |well, |ah, |oh, ]I'm called {name}
        no[,|, no,| no] it's {name}, not [Anna|Maria|Jon|Steven|Katy|Mark|Sara]
        it's {name}, not [Anna|Maria|Jon|Steven|Kathy|Marc|Sarah|Eric][, please| as you wrote|]
        I'm not [Anna|Maria|Jon|Steven|Kathy|Marc|Sarah|Eric], [I'm|I am|my name is|it's] {name}
        I said {name}, not [Anna|Maria|Jon|Steven|Kathy|Marc|Sarah|Eric]
        my name [isn't|is not|was never] [Anna|Maria|Jon|Steven|Kathy|Marc|Sarah|Eric], [it's|it is|but|I'm] {name}
        [you called me|you wrote|you said|why do you call me] [Anna|Maria|Jon|Steven|Kathy|Sarah], [but I'm|my name is|I'm] {name}
        [not|no,] [Anna|Maria|Jon|Steven|Kathy|Sarah]! [it's|I'm|my name is|the name is] {name}
        [everyone thinks I'm|people often call me|they confuse me with|don't mix me up with] [Anna|Maria|Jon|Steven|Sarah], [but I'm|but my name is] {name}
        [my sister is|my brother is|my boss is|my dog is|my wife is|my son is] [Anna|Rex|Tom|Maria|Jon|Sarah|Bella], [I'm|and I'm|but I'm|and my name is] {name}
        [Anna|Tom|Maria|Jon|Sarah|Eric] is my <person>, [I'm|I am|my name is|my own name is] {name}
        [Anna|Tom|Maria|Jon|Sarah] [gave me this number|sent me|told me about you|recommended you], [I'm|my name is|this is] {name}
        [I'm|this is|my name is] {name}, [a friend of|the <person> of|married to|calling for] [Anna|Tom|Maria|Jon|Sarah|Eric]
        [I used to be|I was once|before the wedding I was|for years I was] [Anna|Tom|Maria|Jon|Sarah Smith|Miss Jones], now [I'm|my name is|call me] {name}
        [almost|close|nearly|not quite|nice try], [it's|but it's|it's actually|my name is] {name}
        [you misspelled|you got wrong|you mixed up|that's not how you spell] my name, it's [actually |spelled |written |]{name}
        [there's a mistake|there's a typo|you made an error|that's a mistake] in my name, it [should be|should read|must be|is] {name}
        [please |kindly |could you ]correct my name[, it's|: it's|, it should be|:] {name}
        [autocorrect again|damn autocorrect|stupid keyboard|sorry, fat fingers], [I'm|my name is|it's|I meant] {name}
        [rather|or rather|better|I mean|that is], [call me|I'm|it's|my name is] {name}
        [I lied|that was a lie|I was joking|just kidding], [I'm really|my name is actually|my true name is|I'm] {name}
        [my sister wrote before|my son typed that|now it's me|we swapped|I took the phone], [I'm|this is|it's|my name is] {name}
        [he has left|she went out|my mum is gone], [you're now with|this is|I'm|now it's] {name}
        [my true|my legal|my actual|my official|my proper|my complete|my whole] name is {name}
        [on my documents|at the bank|officially|for the police|for the doctor] [my name is|I'm called|I am|it's] {name}
        [my friends call me something else but|I have a nickname but|it's long but|people shorten it but] [my name is|I'm|it's] {name}
        [to|for|among] my [friends|family|colleagues|mates|fans|enemies] I'm [just |known as |simply |]{name}
        [to|for] [everybody|everyone|most people|the world|you] I'm [just |simply |always |]{name}
        you [may|can|could|might] [know|address|greet|list|introduce] me as {name}
        you [should|must|have to|will|need to] call me {name}[, ok|, got it| from now on| please|]
        [when you write to me|when you answer|in your replies|if you need me], [call me|use the name|I'm|say] {name}
        [please|kindly|just|from here on], [address|greet|register|save|list|enter|record] me [as|under] {name}
        [could|can|would|will] you [address|register|save|list|enter|record|note] me [as|under the name] {name}
        [I'd be happy|I'd be glad|I'd love it|it would be nice|I would appreciate it] if you called me {name}
        [don't call me sir|don't call me madam|no need for sir|skip the formalities|no formalities], [I'm|call me|just|it's] {name}
        [no need to be formal|let's be informal|let's be friends|first names please], [I'm|call me|my name is] {name}
        [let me say who I am|let me tell you who I am|I'll tell you who I am|I should introduce myself]: [I'm |my name is |]{name}
        [allow me|permit me|if I may|with your permission], [I am|my name is|I'm called|I'm] {name}
        [I have the honour|it is my pleasure|I wish|I'd like] to introduce myself, [I am|my name is|I'm] {name}
        [may|might|could] I introduce myself[, I am|, the name is|, my name is|:|? I'm called] {name}
        [the undersigned|the person writing|the one writing|yours truly|your humble servant] is [called |]{name}
        [I was|I've been|I have been] [called|known as|named] {name} [all my life|since birth|for years|ever since school|since I was born]
        [my parents|my grandparents|my mother|my dad|my family|the nuns] [chose|picked|gave me|settled on|insisted on] [the name |]{name}[ for me|]
        [I bear|I carry|I wear|I was given|I inherited|I got] the name [of |]{name}
        [my name comes from my gran|I'm named after my gran|it's a family tradition|like my father], [it's|I'm|my name is|I'm called] {name}
        [I'm named after my grandfather|I'm named after a saint|I'm named after a city]: {name}
        [it says|it reads|you'll see|there is written] {name} on my [badge|card|passport|account|door]
        [my card|my badge|my passport|my account|my profile|my email] [says|shows|reads] {name}
        [if you look|as you see|as you can see|as shown] [in my profile|on my account|above|in my email], [I'm|my name is] {name}
        [my account is|I'm registered|I signed up|you have me] under [the name |]{name}
        [I registered|I signed up|I logged in|I'm listed] as {name}
        [guess what|fun fact|plot twist|news flash|breaking news]: [my name is|I'm called|I'm] {name}
        [drum roll|ta-da|tada|behold|hear ye], [I am|I'm|it's|here is] {name}
        [the legend|the legendary|the great|the incredible|the unique|the wonderful] {name} [here|speaking|has arrived|at your service]
        [bond style|like in the movies|as in the film]: the name is {name}
        [in case you wonder|in case you forgot|in case you need it|if you're wondering|if you care], [I'm|my name is|it's] {name}
        [before you ask|you'll want to know|you might ask|you will ask], [I'm|my name is|it's] {name}
        [so that you know|so we know each other|so you know who I am|that you know], [I'm|my name is|this is] {name}
        [now you know|remember it well|memorise it|learn it by heart|keep it in mind|don't mix it up]: [I'm |my name is |]{name}
        [I'm|my name is|I am called|it's] {name}, [keep it in mind|hold on to that|write it down|you'll need it later|store it please|do not lose it]
        [I'm|my name is] {name}, [I'm from|I live near|I moved to|I'm writing from|born in|now living in] {city}
        [I'm|my name is] {name}, [I'm {small}|{small} years young|turning {small} soon|already {small}] and [I live in {city}|retired|new to this]
        [I'm|my name is] {name} and I [live|work|teach|study|drive a taxi|run a shop] in {city}
        [I'm|my name is] {name} and [my dog is|my cat is|my wife is|my son is|my boss is] [Rex|Bella|Tom|Anna|Max|Coco]
        [I'm|I am] [a nurse|a teacher|a driver|a baker|a farmer|a lawyer|a painter] [in|from] {city}, [my name is|I'm called|name's] {name}
        [I'm|I am] a [customer|client|neighbour|new user|tourist|student|visitor] [called|named|by the name of] {name}
        [I'm|I am] the [guy|one|woman|man|lady|girl|person] [called|named|who goes by|they call] {name}
        [I'm|I am] {name}, the [one|guy|lady|customer] who [called|wrote|ordered] [yesterday|last week|earlier|this morning]
        [I'm|it's] [just |only |again |]me, {name}[, don't worry|, remember|, from before|]
        [this is me|that's me|me again|here I am|I'm back], {name}
        [here you have|here comes|here speaks|here writes|here stands] {name}
        [here|over here|on this end|on this side], [it's|this is|I'm] {name}
        [im|i'm|its|it's|names|dis is|this is] {name} [yo|x|xx|xoxo|bro|fam|haha|duh|obv|bestie]
        [yo|ayo|heyo|heyy|hiii|sup] [im|i'm|its|it's|the names|dis] {name}
        [u can call me|call me|they call me|everyone calls me|just call me] {name} [lol|haha|ok|k|btw|fr|x]
        [ppl|people|my frens|my besties|the squad|the homies] [call|calls] me {name}
        [my name|name|mine] [is|s|iz|=|:] {name} [btw|lol|fyi|ok|haha|x]
        my name {name}
        [I name|me name|my name it is|I call me|I call myself|myself name is|name of me is] {name}
        [I am with name|I have the name|my name is called|I am named|the name of me] {name}
        [I am|my name is] {name}, [my english is not good|sorry for my english|I speak little english|I come of {city}]
        [this side|from my side|from this side] {name}
        [good day to you|compliments of the day|greetings in the Lord|greetings sir|warm greetings], [I am|my name is] {name}[ by name|]
        [my name na|I be|dem dey call me|na me be] {name}
        [wee|big|old|young|auntie|uncle] {name} here
        [am|ah'm|I'm|ma name's|me name's] {name}[ like| pal| hen| me duck| so it is|]
        [hello comma|hi comma|hello full stop] my name is {name}
        hello [I would like to say that|just to say that|I inform you that|I tell you that] my name is {name}
        [ok google|hey siri|hey alexa], [I'm|my name is|call me] {name}
        [haven't I said|did I say|have I mentioned|I didn't mention|I don't think I said] [that I'm|my name is|I'm called] {name}
        [oh and|and|oh yes|ah yes|also], [I'm|my name is|by the way I'm|the name's] {name}
        [fine|ok fine|alright|all right|very well|ok then|if you insist], [I'm|my name is|it's|call me] {name}
        [sure|of course|gladly|certainly|no problem|yes of course], [it's|I'm|my name is|the name's] {name}
        [my name|the name] you [asked for|wanted|need|requested|were missing] is {name}
        [my name|it], as [requested|you asked|promised|agreed], is {name}
        [what I'm called|how I'm called|what people call me|who I am] is {name}
        [what do they call me|what's my name|how am I called|my name you ask]? {name}
        [you want my name|you need my name|my name, right|you mean my name]? [it's |that's |well, |]{name}
        [I trust you with my name|keep this between us|this stays between us|don't tell anyone], [it's|I'm|my name is] {name}
        [my stage name|my pen name|my gamer tag|my handle|my tag|my username] is {name}
        [I stream as|I play as|I perform as|I'm online as|on here I'm|in the game I'm] {name}
        """,
    }
)
