"""More ways to ask for the time in a city in English, by a second author."""

from .expand import blocks

FRAMES = blocks(
    {
        "time_city": """
        [wat|wht|waht|wot|what] time is it in {city} [rn|atm|tho|lol|pls|plz|bro|mate|right this second]
        [wats|whats|wat's|what's] the time in {city} [rn|atm|pls|plz|bro|mate|these days|like now]
        [whats|what's|what is] the time [at|over at|across in|down in|up in|out in|back in] {city}
        what time is it [down|up|out|back|over|across] in {city}
        [what tim is it in|what tme is it in|waht time in|time si it in|wat tym in|tiem in] {city}
        [time rn in|time atm in|da time in|tiem rn|time of|the hour of|time at] {city}
        {city} [rn|time rn|time pls|time plz|clock|hour|the time|tz time|time check|time?? pls]
        {city} [right now|at this moment|at the moment|currently|now please|today], what time is it
        {city}: [time|clock|hour|time now|what time|current time please|local time please]
        {city} - [time please|what is the time|the time there|what time there|and the time is]
        {city}? [what time is it there|what's the time there|the time please|time there please|got the time]
        {city}, [tell me the time|what does the clock say|what's the hour there|give me the time there]
        {city}, [how late is it|how late is it there|what hour is it|is it late there, what time is it]
        {city}'s [time|local time|current time|clock|time now|time please|exact time]
        [what is|what's|need|show|say] {city}'s [time|local time|current time|clock time|exact time][ now|]
        [in|for|at|over in] {city}, [what's the time|tell me the time|the time please|what hour is it]
        [in|over in|back in|down in] {city} [right now|at the moment|today], what time is it
        [in|over in] {city} it is [what time|what time now|what o'clock|now what time]
        [in|over in|there in] {city} [the time is|the clock says|the time right now is|what time have they]
        [any idea|any clue|anyone know|do you know] what time it [is|might be|would be|could be] in {city}
        [any idea|any clue|do you know] [of the time|what the time is|what the clock says] in {city}
        [any idea|any clue] [how late it is|what time of day it is|what hour it is] in {city} [now|right now]
        [what does|what would] a clock in {city} [say|show|read]
        what does [my friend's|my boss's|everyone's|the station|the wall] clock in {city} [say|show]
        what [would|will|does] my watch [say|show] if I [were|was] in {city}
        if I [was|were] in {city} [now|right now|today], what time would it be
        if you [were|lived] in {city}, what time would it be
        if it's [noon|morning|night|early] here, what time is it in {city}
        [it's noon here|it's night here|good morning from here], what time is it in {city}
        [check|read|look at|consult] the clock [in|for|of|over in] {city}
        [check|look up|find|find out|fetch|get|print|show] the [time|local time|current time] [in|for] {city}
        [check|look up|find out|tell me|say|show me] what time it is [in|over in|now in] {city}
        [can|could|would|will] you [check|look up|find|say|pull up] the [time|local time] [in|for] {city}
        [can|could|would|will] you [check|look up|find out|say] what time it is in {city}
        [can|could|would|will] you [give|show|get|tell] me the [exact |local |]time in {city}[ please|]
        [can|could|may|might] I [ask|know|get|have|trouble you for] the time in {city}
        [may|can|could] I ask [what time it is|how late it is|what hour it is] in {city}
        [kindly|please|pls|plz] [tell|give|share|confirm] [me |]the time in {city}
        [kindly|please|pls|plz] [say|check|tell me|confirm] what time it is in {city}
        [kindly|please] [inform me of|let me know|advise me of] the time in {city}
        [would|will] you be so kind as to tell me the time in {city}
        would you mind [checking|telling me|saying] [the time|what time it is] in {city}
        would it be possible to [know|get|have] the time in {city}
        [is there a way|is there any way|is it possible] to [know|find out|see] the time in {city}
        [use|run|try] [your|the] clock [for|on|with] {city}
        [get_time|get time|clock|run get_time|call get_time|time tool] [for|in|with|on] {city}
        [I need|I want|I require|I'm after|I'd love|I would like] the [exact |local |]time [in|for|of] {city}
        I need to [know|see|check|find out] [what time it is|the time|how late it is] in {city}
        I [just |only |]want to [know|check|see] [the time|what time it is|how late it is] in {city}
        I'd like to [know|check|see|hear] [the time|what time it is|what the time is] in {city}
        [I'm curious|I'm wondering|I wonder|just curious] what time it is in {city}
        [I have no idea|I can't work out|I never know|I always forget] what time it is in {city}
        I'm [calling|ringing|texting] [someone|my mum|a client|the office] in {city}, what time is it there
        I'm on [a call|the phone|video] with {city}, what time is it [there|for them|on their side]
        I'm [phoning|going to phone|about to call] {city}, [what's the time there|what time is it there]
        I'm [off to|flying into|landing in|heading to|driving to|on my way to] {city}, what's the time there
        I [fly|travel|go|move] to {city} [today|tonight|soon|tomorrow], what time is it there [now|]
        I [just landed|just arrived|have arrived|landed|am stuck] in {city}, what's the [local |]time
        I'm [here in|now in|visiting|stuck in|waiting in] {city}, [what time is it|what's the time here]
        we [live|are|stay|just landed|are staying] in {city}, what time is it [here|now|]
        my <person> [moved to|works in|is visiting|studies in] {city}, what's the time [there|over there]
        my <person> is in {city}[,| and] [what's the time there|I need the time there|what time is it]
        I have [a friend|family|clients|a cousin|a meeting|an interview] in {city}, what time is it there
        I have [a call|a meeting|a lesson] with [someone|people|a client] in {city}, what's their time
        [our office|our team|the client|the supplier|my teacher] is in {city}, what time is it there
        [the match|the concert|the race|the show|the webinar] is in {city}, what time is it there [now|]
        [they|my parents|my kids|our friends] live in {city}, what time is it [for them|there|over there]
        [I don't want to wake them up|they may be asleep], what time is it in {city}
        [before I call|before I ring them|before I text her|before I phone], what's the time in {city}
        [so I don't wake her|so I can call|to plan a call|for a meeting], what time is it in {city}
        [what time is it in|what's the time in|tell me the time in] {city}, [I want to call|I have a call]
        [what time is it in|what's the time in] {city}, my <person> [is there|lives there|went there]
        [what time is it in|what's the time in] {city}, [I'm flying there|I have a meeting|I need to ring]
        [what time is it in|what's the time in] {city} [because|since|as] I [want to call|fly there soon]
        [can I call|should I call|may I phone|is it ok to ring] {city} now, what time is it there
        [is it too late|is it too early|is it ok] to call {city}, what time is it there
        [is it late|is it early|is it dark|is it bedtime] in {city} [now|right now], what's the time
        [are they asleep|are people up|are people awake|is everyone awake] in {city}, what time is it there
        [has the day started|is it still yesterday|is it tomorrow yet|is it dawn] in {city}, what time is it
        is it [already |still |][morning|night|noon|midnight|afternoon] in {city}, what's the time there
        what [hour|o'clock|time of day|time of the day] is it [now |]in {city}
        [which|what] hour [have they got|do they have|are they at|is it now] in {city}
        what time [have they got|do you have|have you got|do folks have|does everyone have] in {city}
        what time are they [at|on] over in {city}
        what time would [it|that] be in {city} [at this moment|at the moment|currently|please]
        what time [will it be|would it be] in {city} right now
        what's the [time|clock|hour] [looking like|saying|like] in {city}
        [how late|how early] is it [right now |at the moment |now |]in {city}
        [how late|how early] [is it|would it be] for [people|someone|my friend] in {city}
        [local|current|exact|present|actual|correct|real|official] time [in|for|at|of] {city} [please|now|pls]
        the [local|current|exact|present|correct|official] time [in|for|at|of] {city}
        the [time|hour|clock] [in|for|of|over in] {city}, [please|what is it|tell me|do you know it|now]
        the time they have in {city}
        [need|want|got] [the time|time] [in|for] {city}
        [give|throw|hit|send] me the [time|hour] [in|for|of] {city}
        [give me|show me|I want|tell me] {city} time
        [quick|a quick|one] time check [for|in|on] {city}
        [same question|another one|one more|now the same] but [for|in] {city}: what time is it
        [not here|not my time|not local time], [the time in|what time is it in|time in] {city}
        [I mean|I meant|I said|I asked for] the time in {city}
        [no|sorry|wait], [I mean|I meant] [the time in|what time is it in] {city}
        [so|and|but|ok|well|now|then] what time is it in {city} [then|now|these days|at the minute|]
        [also|one more thing|another thing|last thing], [what time is it in|what's the time in|time in] {city}
        [thanks|cool|nice|great|good to know], [and the time in|now the time in|what time is it in] {city}
        [hi|hello|hey|yo|hiya], [what time is it in|what's the time in|time in|got the time in] {city}
        [good morning|good evening], [what's the time in|could you tell me the time in] {city}
        [hey|hi|ok|yo] {bot}, [what time is it in|what's the time in|time in|the time in] {city}
        {bot}, [what time is it in|what's the time in|tell me the time in] {city}
        what time is it in {city}, {bot}
        [excuse me|pardon me|sorry], [do you have the time in|what time is it in|what's the time in] {city}
        [sir|madam|dear|boss|my friend|bro], [what time is it in|what's the time in] {city}
        [what time is it in|what's the time in] {city}, [sir|mate|pal|boss|dear|buddy|bro|love|my friend]
        [come on|damn|seriously|quick|hurry up], [what time is it in|the time in] {city}
        [just tell me|just say|simply say] [the time in|what time it is in] {city}
        [stupid bot|oi|listen|stop chatting], [what time is it in|tell me the time in] {city}
        [talking about|speaking of] {city}, what time is it there
        [you know|have you heard of|do you know] {city}, [well |]what time is it there
        [there's|there is] a [place|city|town] called {city}, what time is it there
        [the city is|the town is|my city is|my town is|place:|city:|location:] {city}, what time is it
        [take|pick|say] {city}, what time do they have
        [people in|someone in|everybody in|folks in|my friend in] {city} [have|has] what time now
        what time [does my friend in|do people in|does everyone in] {city} have right now
        what time would [someone|a person|my friend] in {city} [see|read] on the clock
        right this minute, what time is it in {city}
        what is now the time in {city}
        time [now|right now|currently|at present|at the moment|at this hour] [in|for|at] {city}
        time [difference aside|zone aside], what time is it in {city}
        [forget here|never mind here|not where I am], what's the time in {city}
        [tell me|let me know|remind me] [how late it is|what hour it is|what o'clock it is] in {city}
        [tell me|let me know] [if it's late|if it's night] in {city}, what time is it there
        [let's|let us] [check|see|find out] [the time|what time it is] in {city}
        [let's say|suppose|imagine] I'm in {city}, what time is it
        [I was asking|I asked|I'm asking] [about|for] the time in {city}
        [my <person> asks|my <person> wants to know] what time it is in {city}
        [my gran|my son|my boss|the kids] [wants|want] to know the time in {city}
        [we are|I'm] [planning a trip to|dreaming of|moving to] {city}, what's the time there now
        [writing to|emailing|messaging] someone in {city}, what time is it [there|for them|on their end]
        [the plane lands in|my flight lands in|my train stops in|the ship is in] {city}, what time is it there
        [how about|what about] the time in {city}
        [abeg|please|my dear], what is the time in {city} [now|as we speak]
        [please what is the time in|what says the clock in|what is the time now in] {city}
        [what time it is in|what the time is in|what time is in|how is the time in] {city}
        [do you have|have you got|got|do you happen to have] the [exact |right |local |]time for {city}
        [are you able to|can you|could you] [tell the time|say the time|see the clock] in {city}
        [do you know|can you see|can you tell] [how late it is|what hour it is] in {city}
        the sun [is up here|is setting here], what time is it in {city}
        [as of now|at this moment|right now|at present|as we speak|currently], what time is it in {city}
        [to the minute|exactly|roughly|about], what time is it in {city}
        what [exactly |precisely |]is the time [right now |]in {city}
        in the city of {city}, [what time is it|what's the time]
        what time is it in the [city|town] of {city}
        """,
        "follow_city": """
        and [the time |]over in {city}
        and [right |]now in {city}
        and [for|at|of|back in|down in|up in|out in] {city}
        [what|how] about [in|for|over in|the time in|people in|someone in|folks in|my friend in] {city}
        [what|how] about {city} [then|now|please|instead|too|as well|though]
        [what|how] about the [clock|hour|local time] in {city}
        [wat|wht|wot|wut|hw] about {city}
        [wbu|n|nd|&] {city}
        [and|also|then|next|now|plus|or] {city} [please|pls|too|as well|then|now]
        [and|also|then|next|now] [for|in] {city} [please|pls|too|as well|then]
        [ok|okay|cool|thanks|nice|great|good|right], [and |now |and in |now in |what about |how about ]{city}
        [ok|thanks|great], [the same for|same in|same for|do|now do|now tell me] {city}
        [thanks|thank you], and what time [is it|do they have] in {city}
        [the same|same|same thing|same question|ditto] [for|in|but in|but for|with|about] {city}
        [do|try|check|tell me|give me|show me|now do|now try|now check] {city} [too|as well|now|please|next]
        [now|next] [let's do|let's try|check|the same in|I want|I need|tell me for|one for] {city}
        [another one|one more|next one|next|again]: {city}
        [another|one more] [city|place|one], {city}
        [another city|other city|next city|second city|last one|last city], {city}
        [I also need|I need also|also needed|I'd also like|also give me] {city}
        [also tell me|please also tell me|can you also tell me|and tell me] for {city}
        [can|could|would] you [do|check|try] {city} [too|as well|also|next|now]
        [can|could|would] you [do|check] the same for {city}
        [I meant|I mean|no I meant|sorry I meant|not that, I meant|wait, I meant] {city}
        [I meant|I mean|make that|change it to|make it|rather|instead] in {city}
        [no|sorry|wait|oops], [in|for] {city} [I mean|I meant|not there|please]
        [not there|not that one|wrong city|other city], [in |]{city}
        [and|so] if I [am|were|was] in {city}
        and [when|if] you're in {city}
        and [my <person>|my friend|my mum|people|someone|folks] in {city}
        [my <person>|my friend|my mum] is in {city}, [and there|what about there|there too]
        and there in {city}
        and {city} [time|clock|hour|local time|what time|how late|there]
        and [what|how late] in {city}
        and what [time|hour] [do they have|is it now|have they got|would it be|is it then] in {city}
        and [how late|how early] is it in {city}
        [then|so] what [time |]is it in {city}
        [what would it be|what is it|what's it|how is it|how late is it|what do they have] in {city}
        [what would that be|what's that|what is that|and that|that's what] in {city} [time|]
        in {city} [then|too|now|also|as well|instead|please]
        [is it the same|same time|is that the same] in {city}
        [is it different|is it later|is it earlier|later or earlier] in {city}
        [curious about|wondering about|interested in] {city} [too|as well]
        [finally|lastly|last|and finally|and last], {city}
        [finally|lastly|at last|and lastly] in {city}
        [while you're at it|while we're at it|while you are there], {city}
        [go|go on|continue|keep going], {city}
        [or|or maybe|or rather|or else|or let's say] in {city}
        [let's|let us] [do|try|see|check|hear] {city} [too|now|next|as well]
        [not forgetting|don't forget|you forgot] {city}
        [yes|yeah|yep|no], and [in |]{city}
        [hm|hmm|um|uh|er|ah], [and |]in {city}
        [time there|clock|hour|local time] in {city} [too|next|then]
        {city} [next|too|as well|then|also|instead|after that|same question]
        {city}, [and there|same thing|same question|also|too|next|how about there|what about there]
        """,
    }
)
