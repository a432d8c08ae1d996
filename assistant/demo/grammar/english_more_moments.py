"""More ways to ask for times, dates and sums in English, and more messages that only look like it, by a third author."""

from .expand import blocks

FRAMES = blocks(
    {
        "time": """
        at [what|which] [hour|time] are we [now|right now|at present|currently]
        [where|how far] are we [in the day|with the time|on the clock] [now|right now], [what time is it|I mean the time]
        [the time|the hour|the clock], [if you would|if I may ask|be so good|would you|tell it to me]
        [the time|the exact time|the hour|the current time] [is|now is|at this point is]: [...|please fill in|what]
        [now|at this moment|at this instant|right this minute] the clock [shows|says|reads|points at] what
        [your|the|any] clock [says|shows|reads] what[ time| hour|]
        [my|our] [train|bus|shift|film|class|lesson|pie] [leaves|starts|is over|is ready] soon, [what time is it|what's the time now]
        [the|my] [pills|cake|oven|taxi|washing|laundry|baby] [can't|won't] wait, [what time is it|what's the time]
        [I want to|I'd like to|I have to|I need to] [set|adjust|wind|correct] my [watch|clock|oven], [what time is it|what's the time exactly]
        [I want to|I have to|I should] [phone|ring|wake] [my mum|my wife|the office|him], [what time is it|what's the time now]
        I [can't sleep|couldn't sleep|woke in the night|dozed off on the sofa], [what time is it|what's the time|how late is it]
        I [haven't got|didn't bring|am not wearing|can't read] [a watch|my watch|my glasses], [what time is it|what's the time please]
        I've [no idea|lost track] [how late it is|what the time is|how long I slept], [tell me the time|what time is it]
        I [promised|agreed|am supposed] to be on time, [what time is it|what's the time now|how late is it]
        I'm [baking|fasting|working nights|on a break|home alone|waiting for a call|at the bus stop|on duty], [what time is it|what's the time]
        I'm [without a watch|far from any clock|in the garden|on a bike|in the bath], [what's the time|can you tell me the time]
        [as|since|because] I [have to leave|have no watch|must take my pills|can't see the clock], [what time is it|tell me the time please]
        [what time is it|what's the time|tell me the time] [because|since|as|cause|bc] I [have to go|must run|need to eat|have work|lost my watch]
        [what time is it|what's the time], [the battery of my watch is empty|my glasses are upstairs|there's no clock in here|I dozed off]
        [before I forget|before I go|before I leave|before bed|before lunch], [what time is it|what's the time|the time please]
        [time to go or not|time for bed or not|time for tea yet|am I late or not]? [what time is it|what's the time]
        [don't tell me it's late|it can't be that late|surely it's not noon yet], [what time is it|what's the time really]
        [no way|oh no|oh dear|help|hurry|quick one], [what time is it|what's the time|is it that late, what's the time]
        [how late|what time] [have we|has it become|did it get to be|is it by your clock]
        [how|what] is the [hour|time|clock] [now|at this moment|my friend|please sir|please madam]
        [what|which] is the [present|current|actual|right|real|true|correct] [hour|time][ now| please|, please| here|]
        [what would|what could|what might] [the time|the hour|the clock] be [now|right now|at present|please]
        [could|can|would] [I|one|we] [know|learn|be told|find out] [the time|what time it is|the hour|how late it is]
        [could|can|would|will] you [kindly |please |]tell [us|an old man|an old lady|a lost soul|this old man] [the time|what time it is]
        [could|can|would] you [be a dear and|do me a favour and|quickly] [tell me|say|check] [the time|what time it is]
        [might|may] I [trouble|bother|ask] you [for the time|for the hour|for the correct time|what time it is]
        [I should|I would|I'd] [like|be glad|be grateful|be pleased] to [know|learn|hear] [what time it is|the time|the right time|how late it is]
        I'd [appreciate|love|be thankful for] [the time|the exact time|the current time|a time check]
        [be so good as to|be so kind as to|have the goodness to|be a darling and] [tell me|say|check] [the time|what time it is]
        [pardon|begging your pardon|if I may|forgive me], [what is the hour|what time is it|what is the time|would you have the time]
        [would|do|might] you [have|happen to have|possibly have|possess] the [time|right time|correct time|exact time][, please|, dear|, sir| handy|]
        [wat time|wot time|what tym|wat tiem|wt time|whattime|wattime] [is it|izit|it is|now|rn|pls]
        [time|tym|tiem|tme] [nw|now|rn|pls|plz|plss|atm|?!|right nowww]
        [yo|bro|fam|bruh|dude|bestie] [whats the time|what time is it|time|time rn|what time we on|got the time]
        [whats|wats|what's] [da|teh|the] [time|tym|tiem] [rn|bro|pls|plz|yo|fam|lol]
        [tell|tel|gimme|giv] [me |]the [time|tym|hour] [rn|pls|plz|quick|bro|real quick|asap]
        [what|which] [time|hour] [we have|have we|it does|does it make|it makes|is there|has it|is now]
        [how|what] [hours|hour|clock] [is it|it is|we have|have you|have we][ now| please|]
        [please|sir|friend|hello], [how late it is|what hour is it|which hour|what is clock|tell me hour]
        [I ask|I am asking|I want ask|I want know|I like to know] [the time|what time it is|how late it is|the hour]
        [what's|what is] the time [question mark|please question mark]
        [tell me|say|give me] [hours and minutes|the hour and the minutes|the time to the minute|the time in digits]
        [what o'clock|which o'clock|how many o'clock] [now|please|have we|do we have|would it be]
        [what's|wit's|whit's] the [time|hour] [love|hen|lad|pal|duck|our kid|like]
        [ya got|youse got|have ye got|have ya got|you wouldn't have|ye wouldn't have] the time[ there| on ya| at all|, would ye|]
        [what time d'you|what time do you|what time d'ya] [make it|reckon it is|call this|have on your watch]
        [what do you|what d'you] make the time
        [the time|time], [{bot}|dear {bot}|please {bot}|hey {bot}]
        [dear {bot}|ok {bot}|hey {bot}|listen {bot}], [how late is it|what hour is it|got the time|do you know the time|could I have the time]
        [I know the date|not the date|I know the day|date I know], [what's the time|what time is it|tell me the time]
        [only|just|nothing but] the [time|hour][, please|, thanks|, no date|, not the date|]
        [can't you|why don't you|won't you] [just |simply |]tell me [the time|what time it is]
        [for god's sake|I asked already|third time I ask|hello?? |still waiting], [what time is it|the time please|what's the time]
        [do you know|can you say|can you tell|could you say] [if it's late|whether it's late|how late we are], [what time is it|what's the time]
        [still|already|is it] [morning|night|afternoon] [where you are|there|on your side], [what time is it|what's the time]
        [in|with] [figures|digits|numbers|words], [what time is it|what is the time|the time please]
        [one thing|just one thing|just one question|one last thing|small favour]: [what time is it|what's the time|the time please]
        [first of all|to begin with|to start with|for starters], [what time is it|what's the time|tell me the time]
        [look up|bring up|pull up|fetch me|get me|find me] the [time|current time|exact time|clock]
        [knock knock|tick tock|tick tick|cuckoo], [what time is it|what's the time|how late is it]
        """,
        "date": """
        [today|today's day|this day] is [which day of the week|what day of the month|what day please|which date]
        [what|which] [day|date] [have we|is there|it is|is it being|are we having] today
        [what|which] [day|date] [does|would] [the calendar|your calendar|the newspaper] [say|show|have]
        [at|on] [what|which] [day|date] are we[ today| now|]
        [the date|the day|today's date], [if you would|if I may ask|please tell me|do you have it|I need it]
        [I'm dating|I'm signing|I'm filling in|I'm stamping] [a letter|a form|a contract|a cheque], [what's the date|what day is it]
        [for|on] [the form|my diary|the invoice|the letter|the receipt], [what's the date|what's today's date|which date is it]
        [what's the date|what day is it|which day is it|what's today's date] [because|since|as|cause] I [must sign this|lost track|have a deadline|was ill]
        [I retired and|since I retired|on holiday|in hospital|at sea] [all days are alike|I lose count of the days], what day is it
        [my|the] [milk|medicine|ticket|coupon|yoghurt] [expires|runs out] soon, [what's the date|what's today's date|what day is it]
        [is it bin day|is it payday|is it a working day|is it still the weekend], [what day is it|which day is it today]
        [I don't know|I can't say|I couldn't tell you|who knows] [if it's monday or tuesday|what day we have], [what day is it|tell me the day]
        [I should|I would|I'd] [like|be glad] to [know|learn|hear] [today's date|what day it is|which day of the week it is]
        [might|may] I [trouble|bother|ask] you [for the date|for today's date|what day it is]
        [could|can|would] [I|we|one] [know|be told|find out] [the date|what day it is|today's date]
        [be so good as to|be so kind as to|be a dear and] tell me [the date|what day it is|today's date]
        [pardon|forgive me|if I may], [what day is it|what is the date|which day of the week is it]
        [wats|whats|wot is|wat is] [2days date|todays dat|the date 2day|the day 2day|todays day]
        [wat day|wot day|wat date|what dat] [is it|we on|it is|izit|is 2day|rn]
        [yo|bro|fam|bruh|dude] [what day is it|whats the date|whats today|what day we on]
        [day|date|dat|dte] [rn|pls|plz|2day|today pls|of today|now pls|??]
        [please|sir|friend|hello], [which day is today|what date we have|what day it is|what is date]
        [what's|what is] [the number of today|the date today in numbers|today's day and month|the full date of today]
        [tell me|say|give me] [day and month|the day, month and year|the date with the year|the weekday and the date]
        [what day of the month|what day of the week|which weekday|what month and day] [have we|do we have|is it now|would it be]
        [it's|today's|we have] [monday|tuesday|thursday|saturday|sunday] [already|today], [or what day is it|or isn't it|or am I wrong]
        [isn't it|wasn't it|shouldn't it be] [monday|tuesday|thursday|saturday|sunday] [today|already]
        [isn't|wouldn't] today [monday|tuesday|thursday|saturday|sunday|friday|a wednesday]
        [monday|tuesday|thursday|saturday|friday] or [wednesday|sunday], [what day is it|what is it today|which is it today]
        [I know the time|not the time|never mind the time|the time I know], [what day is it|what's the date|which day is it]
        [{bot}|dear {bot}|ok {bot}], [what day is it|what's today|which day do we have|today's date please|is it monday]
        [only|just|nothing but] the [date|day][, please|, thanks|, not the time|]
        [one thing|just one question|one last thing|small favour]: [what day is it|what's the date|today's date please]
        [look up|bring up|fetch me|get me|find me] [today's date|the date|the day of the week]
        [we live in|we are in|it is] [which|what] [year|month] [now|please|again]
        [what|which] [year|month] [does the calendar say|do we write|have we|is running]
        [what day of the week|which weekday|what day] [falls|is|lands] [today|on today]
        [happy monday|happy friday|nice weekend], or [what day is it|which day is it today]
        """,
        "time_city": """
        in {city} [what's the hour|the time is what|what would the time be|how late do they have it|what do the clocks say]
        [in|over in|out in|there in] {city}, [how late is it now|what do clocks show|what would the time be|the time?]
        {city}, [what's the time there now|what time do they have|how late do they have it|at what hour are they|what time over there]
        {city}[:|...| -] [how late there|time there please|hour there|clock there please|what time now|tell me the time there]
        {city} [clock please|clock time please|time check please|what hour|how late now|time now stop]
        [time|hour|need time|send time|request time|advise time] {city} [stop|now stop|urgent|asap|thanks|please stop]
        [clock|current hour|hour now|time over|time out|time down|exact hour] in {city}
        I need to [call|phone|ring|text|wake] my [sister|mum|son|aunt|<person>] in {city}, what time is it there
        I [want to|must|have to|should|would like to] [call|phone|ring] [a client|a hotel|my bank|the embassy] in {city}, [what time is it there|what's the time there]
        my [sister|mum|son|aunt|boss|girlfriend|grandson] [lives in|moved to|is in|flew to] {city}, [what time is it there|how late is it there|what's the time there]
        my [flight|train|bus|ship|parcel] [arrives in|goes to|stops in|is now in] {city}, [what time is it there|what's the local time]
        [we|they|the kids|my parents] [are off to|have flown to|are staying in|sail to] {city}, [what time is it there|what's the time there now]
        [there's a match|there's a show|I've got a webinar|I have an exam|I have a job interview] in {city}, [what time is it there|what's the time there]
        [someone|a friend|a man|a girl|a customer] [from|in] {city} [called me|wrote to me|is waiting for me|wants to chat], [what time is it there|what's their time]
        [to know when to call|so that I don't disturb|not to wake anybody|to plan my trip], [what time is it in|what's the time in|tell me the time in] {city}
        [before I phone home|before I wake anyone|before the meeting|before we land], [what time is it in|what's the time in] {city}
        [what time is it in|what's the time in|tell me the time in] {city} [because|since|as|cause|bc] [I want to call|my sister is there|we have a meeting]
        [what time is it in|what's the time in|how late is it in] {city}, [my mum lives there|a friend is there|I'm expecting a call|I must ring my son]
        [what time is it in|what's the time in] {city}, [not here|not where I live|in their time|by local clocks|if you know it|I'm asking for a friend]
        [I live in|I'm in|here in|I'm from|I'm writing from] [London|Paris|Madrid|Lisbon|New York], [but what time is it in|what time is it in|what's the time in] {city}
        it's [morning|noon|midnight|late|evening|early] in [London|Paris|Madrid|Rome|New York], [and what time is it in|what time is it then in|what's the time in] {city}
        [not in|I don't mean|forget] [London|Paris|Madrid|Rome|New York], [what time is it in|the time in|tell me the time in] {city}
        it's [past|nearly|about|just after] {small} here, [so what time is it in|what time is it in|what's the time in] {city}
        I've been awake for {small} hours, [what time is it in|what's the time in] {city}
        [if|when] I [land|arrive|were|stood] in {city} [now|right now|this minute], what [time would it be|would the clock say|does the clock say]
        [if|suppose] I [phone|ring|text|disturb] {city} [now|this minute|right now], [what time is it there|what time do they have there]
        [are|would] [the shops|the banks|the offices|people] in {city} [still open|be up|be at work|asleep] now, [what time is it there|what's the time there]
        [is|isn't] it [too late|too early|the middle of the night|lunchtime|bedtime|dinner time] in {city}[ now|], [what time is it there|what's the time there]
        [is it day or night|day or night|is it dark or light|morning or evening|is the sun up] in {city}[ now| right now|], [what time is it|what's the time there]
        at [what|which] [hour|time] are [they|we|people] in {city}[ now| right now|]
        what [hour|time] [does it make|have people|do the locals have|is it for the people|does everybody have|would I have] in {city}
        what [time|hour] [does|would] [my sister|my son|a local|my aunt|a tourist] in {city} [have|see|read] [now|right now|on the clock]
        what [do|would] [the clocks|clocks|watches|the church bells] in {city} [say|show|tell][ now| right now|]
        what's [on the clock|the time of day|the hour of day|the local hour|the present time] in {city}
        [how late|how early] [would it be|is it by now|have they got it|is it supposed to be] in {city}
        [could|can|would] [I|we|one] [know|be told|find out|learn] [the time in|what time it is in|how late it is in] {city}
        [could|can|would|will] you [be a dear and|kindly|please quickly|do me a favour and] [tell me|check|look up] the time in {city}
        [might|may] I [trouble|bother|ask] you for the [time|local time|exact time|hour] in {city}
        [I should|I would|I'd] [like|be glad|be grateful|be pleased] to [know|learn|hear] [the time in|what time it is in|how late it is in] {city}
        I'd [appreciate|love|be thankful for] the [time|local time|current time|exact time] in {city}
        [be so good as to|be so kind as to|be a darling and] tell me [the time in|what time it is in] {city}
        [pardon|forgive me|if I may], [what is the time in|what is the hour in|would you have the time in|what time is it in] {city}
        [would|do|might] you [happen to have|possibly have|possibly know|know by chance] the time in {city}
        [wat time|wot time|what tym|wat tiem|wt time|wattime] [is it in|in|it is in|izit in|they got in] {city}
        [whats|wats|what's] [da time|teh time|the tym|the tiem|the hour] in {city}[ rn| bro| pls| lol|]
        [yo|bro|fam|bruh|dude] [whats the time in|what time is it in|time in|what time they on in] {city}
        [tell me|tel me|gimme|giv me|need] [the time|the tym|time|clock] in {city} [rn|pls|plz|asap|real quick|bro]
        [please|sir|friend|hello], [how late it is in|what hour is in|which hour has|what is clock in|tell me hour of] {city}
        [in|at] {city} [what time they have|how late it is|which hour is now|what hour they have|how many o'clock]
        [what time have|which hour has|what hour makes it|how late is|what time makes it] [they |]in {city}
        [I ask|I am asking|I want ask|I want know|I like to know] the [time|hour] [in|of] {city}
        [what's|what is] the time in {city} question mark
        [{bot}|dear {bot}|ok {bot}], [how late is it in|what hour is it in|do you know the time in|I need the time in|could I have the time in] {city}
        [I know the time here|I have my own clock|my own time I know|here it's clear], [what time is it in|but what's the time in|now tell me the time in] {city}
        [still waiting|hello??|I asked already|for the second time|come on now], [what time is it in|the time in|what's the time in] {city}
        [only|just|nothing but] the [time|hour|local time] in {city}[, please|, thanks|, nothing more|]
        [ever been to|heard of|you know|are you familiar with|do you like] {city}? [what time is it there|what's the time there|how late is it there]
        [we talked about|I'm dreaming of|I'm reading about|I miss|I love|I was born in] {city}, what time is it there [now|right now|at the moment]
        [the city of|a town called|a place named|my hometown] {city}, [what time is it there|what's the local time|how late is it there]
        [look up|bring up|pull up|fetch me|get me|find me] the [time|clock|local time|current hour] [in|for] {city}
        [one thing|just one thing|one last thing|small favour|last question]: [what time is it in|what's the time in|the time in] {city}
        [what time would|at what time would] [a clock|a watch|the clock] [stand|be standing] in {city} now
        [it's|it is] [what time|what o'clock|how late] [in|over in|now in] {city}
        [what time it is|how late it is|what the clock says] [in|over in] {city}, [do you know|can you tell me|that's what I want to know|I need to know]
        [the time|the hour|the local time] [in|over in|of] {city} [is what|is what now|would be|would be what|right now is]
        [using|going by|according to] local time, what time is it [now |]in {city}
        """,
        "follow_city": """
        and [how late|what hour|what o'clock] [is it then |]over in {city}
        and [my sister|my mum|my son|my aunt] in {city}, [what time has she got|what's the time there|how late there]
        and [if|when] I [phone|fly to|ring|land in] {city}
        [and|then|now] the [clock|clocks|hour|time] [of|over in|out in] {city}
        [and|or|but] [what of|how's it in|how is it over in|how late in|what's it in] {city}
        [there|here]'s another[ one|]: {city}
        [I have|I've got] [another|one more] [city|place|one|sister]: {city}
        [let me add|add|adding|let's add|throw in] {city} [to that|as well|too|please]
        [how late|what time] [there|then|now], in {city}
        [it's not|I didn't say|I don't mean|not] [London|Paris|Madrid|Rome], [but |I said |I mean ]{city}
        [wrong place|wrong town|not that city|that's the wrong city], [it's|I meant|try|check] {city}
        [now|then|next] [over to|on to|off to|to] {city}
        [what if|say|suppose|and suppose] [I'm|I was|we were|it's] in {city}
        [and|also] the [other|second|third|next] [one|city|place][:|,| is] {city}
        [could|can|would] you [tell me|say|give me|look up] [that|the same|it] for {city}[ too| as well| please| now|]
        [then|and then|after that|next up|lastly|finally|to finish] {city}
        [same again|once again|repeat that|repeat it|do that again|again please] [for|with|in] {city}
        [and those|and the people|and my friends|and our clients|and the office] in {city}
        [don't leave out|don't skip|what about poor|and lovely|and good old] {city}
        [does {city} have|do people in {city} have|do they in {city} have|does my friend in {city} have] the same time
        n [in |]{city}
        [hbu|hows|whatabout|how bout|what bout|wbt] {city}
        [cheers|ta|gotcha|got it|i see|understood|very good], [and|now|then|and in|what about] {city}
        [compared to|unlike|and unlike] [London|Paris|home|here], [what is it|how late is it] in {city}
        [{city} as well|{city} too|also {city}], if [you can|you may|you don't mind|possible]
        """,
        "sum": """
        {sum}[:|,] [what's left|how much do I get|what comes out|what does it come to|what's the sum of that]
        {sum}[:|,] [tell me please|work that out|I need that|how much would that be|the number please]
        {sum} [comes to|makes|leaves|gives|yields] [how much|what|what exactly|how much then]
        {sum} leaves [me|us|you|one] with [what|how much]
        [how much|what] [comes out|is it|does it come to|do I get|is that] [when|if] [I|you|one] [compute|take|do|work out] {sum}
        [how much|what] [will that make|does that make|is that|would that be|do we have]: {sum}
        how much [results from|comes out of|do I end up with after|is there in] {sum}
        what [results|comes|emerges|follows] from {sum}
        [what|how much] [makes|becomes|equals|yields|totals|comes to] {sum}
        [what|which] [figure|sum|amount|quantity] [is|gives|results from|corresponds to|do you get for] {sum}
        [the bill|the receipt|the invoice|the till|the form|the menu] [says|shows|lists|reads] {sum}, [what's the total|how much is that|what does that come to]
        [the waiter|the cashier|the shop|the plumber|my landlord] [wrote|charges|wants|says] {sum}, [how much is that|what does that make|how much in total]
        [I owe|I paid|I spent|I earned|I saved|I sold] {sum}, [how much is that|what does that make|how much altogether]
        [I count|I have|I wrote|I got|I see|I put] {sum} [here|on paper|on my list], [what does that make|how much is that|what's the answer]
        [we|my wife and I|my friends and I] [ordered|owe|spent|collected] {sum}, [how much is that|what's that altogether]
        [in my book|on the board|on the page|in the exam|on the worksheet] [it says|there is|I see|stands] {sum}, [what's the answer|how much is that|what is it]
        [exercise|question|problem|task|number|sheet] {small}: [what is|how much is|calculate|work out|solve] {sum}
        I'm {small} years old and [can't do|can't work out|never learned to do|still struggle with] {sum}
        [I have|you have|there are] {small} [seconds|minutes] [to|left to] [solve|do|work out|answer] {sum}
        [my son|my daughter|my pupil|the teacher|my friend|my boss] says [it's wrong|I can't do it|you can do this]: {sum}
        [for|in] [my shop|the budget|the accounts|the recipe|a bet|my tax return], [how much is|what is|I need|please work out] {sum}
        [because|since|as] I [can't do it|have no calculator|hate maths|must pay now], [how much is|what is|please calculate] {sum}
        [how much is|what is|what's|calculate|work out] {sum} [because|since|as] I [can't do it|have no calculator|need to pay|hate maths]
        [how much is|what is|what's] {sum}[,|?] [my head is full|I can't count that far|no calculator here|asking for my son|we have a bet on it]
        [how much is|what is|what's] {sum}[,|?] [in digits please|the exact figure|without rounding|with decimals|only the number]
        [settle a bet|we have a bet|to settle an argument|help us out], [how much is|what is|what's] {sum}
        [before I pay|before I sign|before I send it|before I forget], [how much is|what is|what's] {sum}
        [could|can|would] [I|we|one] [know|be told|find out|learn] [how much is|what is|what] {sum}
        [could|can|would|will] you [kindly|be a dear and|do me a favour and|quickly] [work out|calculate|compute|reckon] {sum}
        [could|can|would] you [tell us|tell an old man|tell an old lady|say] [how much|what] {sum} [is|makes|comes to|gives]
        [might|may] I [trouble|bother|ask] you [for the result of|to calculate|to work out|for the answer to] {sum}
        [I should|I would|I'd] [like|be glad|be grateful|be pleased] to [know|learn|hear] [how much is|the result of|what you get for] {sum}
        I'd [appreciate|love|be thankful for] the [result|answer|exact result|total] [of|for|to] {sum}
        [be so good as to|be so kind as to|be a darling and] [calculate|work out|reckon|compute] {sum}
        [pardon|forgive me|if I may], [how much is|what is|what does one get for] {sum}
        [yo|bro|fam|bruh|dude|bestie] [whats|what's|how much is|do|solve|quick] {sum}
        [whats|wats|wot is|wat is|how much is] {sum} [bro|fam|bruh|lol|rn|pls|plz|im so bad at math]
        [solve|calc|do|calculate|compute] {sum} [bro|fam|pls|plz|thx|rn|asap|for me bro|ty]
        [gimme|giv me|tel me|tell me|need] [the answer of|the ans for|the ans to|answer for|the result for] {sum}
        [ans|answr|ansr|result pls|sol|soln]: {sum}
        {sum} [ans|answer pls|=??|=?|== ?|ans pls|equals??|is wat|is wut|how much lol]
        [how many|how much] [makes|does|it makes|it is|gives it|it gives|is it] {sum}
        [please|sir|friend|hello], [how many is|how much makes|what makes|how much it is|you calculate] {sum}
        [I ask|I am asking|I want ask|I want know|I like to know] [how much is|what is|the result of] {sum}
        [make|do|give] [me |]the [account|count|calculation|operation] [of|for][:|] {sum}
        what is {sum} [question mark|equals question mark]
        [{bot}|dear {bot}|ok {bot}], [how much makes|what do you get for|please work out|tell me|here's a sum] {sum}
        [put on your thinking cap|sharpen your pencil|get your abacus|grab a calculator|warm up your circuits]: {sum}
        [you're a computer|you're a machine|you are good with numbers|you must be quick], [so how much is|so what's|what is] {sum}
        [even a child knows|a five year old could tell me|nobody here knows|no one can tell me] [what is|what's|how much is] {sum}
        [I got two different answers|my friend and I disagree|the app says something else|I don't trust myself], [how much is|what is] {sum}
        [still waiting|hello??|I asked already|for the second time|come on now], [how much is|what is|what's] {sum}
        [only|just|nothing but] the [result|number|answer] of {sum}[, please|, thanks|, nothing more|]
        [one thing|just one thing|one last thing|small favour|last question]: [how much is|what is|what's] {sum}
        [tot up|tally|reckon|process|resolve|decode|finish|complete] [this|this for me|the following]: {sum}
        [take|here's|have|look at|note] [a sum|this sum|the sum|this one|an easy one|my homework]: {sum}
        [the sum|the calculation|my homework|the task|the question] is {sum}, [what's the result|how much is it|please solve it|what do you get]
        [when|if] [you add it all up|you do the sums|everything is counted|it's all done], [how much is|what's|what is] {sum}
        {sum}, [correct me if I'm wrong, is what|how much does that leave|what remains|where does that get me|I mean how much is it]
        {sum}? [I have no idea|can't figure it out|not sure|you tell me|help me out|anyone]
        [what about|how about|so] {sum}, [how much is that|what does that make|what's the result]
        [you know|do you know|can you guess] [how much|what] {sum} [comes out as|is worth|comes out to|amounts to]
        [on a calculator|in a calculator|in excel|on my phone] I [would type|typed|would enter] {sum}, [what's the result|what do I get]
        """,
        "follow_sum": """
        and [what comes out of|how much makes|what makes|what do you get for|how many is] {sum}
        and [what|how much] [does|would|will|might] {sum} [make|be|give|come to|leave]
        and [this|this one|that one|the next|another]: {sum}
        [and|then|so] [let's say|say|maybe|perhaps] {sum}
        [I have|I've got|here's|there's] [another|one more|a last one|a second one|a new one]: {sum}
        [could|can|would] you [tell me|say|calculate|work out|solve] {sum} [too|as well|next|also|now]
        [and|also] the [second|next|other|third|last] [sum|one|problem|line][:|,| is] {sum}
        [n|nd|n now|nd now] {sum}
        [hbu|how bout|what bout|whatabout|wbt] {sum}
        [cheers|ta|gotcha|got it|I see|understood|very good|well done], [and|now|then|what about|and how much is] {sum}
        [let me add|let me try|one more round|next round|round two|second try]: {sum}
        [I got it wrong|I made a mistake|I wrote it wrong|that was wrong|not those numbers], [it's|I meant|it should be|try] {sum}
        [that was easy|that was quick|too easy|impressive|not bad|correct], [now|and|now try|what about|and what is] {sum}
        [same again|once again|do it again|repeat that|again please] [for|with] {sum}
        [suppose|and suppose|what if|and what if] [it's|it were|I had|I took|we take] {sum}
        [to finish|finally|lastly|after that|and last of all|for the end], {sum}
        {sum} [would be|makes|gives|is then|then makes|and then]
        [if|and if] [instead|not that but|I change it to|I make it|you make it] {sum}
        [don't forget|and don't skip|I still need|still missing is|we still have to do] {sum}
        [is it the same|same result|do we get the same] [for|with] {sum}
        [how much|what] [then|now|in that case|this time] is {sum}
        [double check|recheck|check again|redo] [with|for|it with] {sum}
        """,
        "decoy": """
        my [boss|landlady|dentist|trainer|flatmate|goldfish|rabbit|mother-in-law|tortoise|stepdad] is [called|named] {name}
        my [boss|landlady|dentist|trainer|flatmate|nephew|niece|roommate|classmate]'s name is {name}[ and not mine|, by the way|, funny huh|]
        the name of my [boss|dog|son|teacher|landlord|boat|school|street|village] is {name}
        my [boss|teacher|coach|aunt|nephew|ex] {name} [is late again|never calls|lives upstairs|bakes bread|is on leave|drives me mad]
        [I have|I've got|there's] a [friend|brother|colleague|cat|neighbour|horse|parrot] [called|named|by the name of] {name}
        [we|they|my parents|the neighbours] [named|christened|are calling|will call|want to name] the [baby|puppy|twins|boat|cat] {name}
        [yesterday|today|last night|at school|at work] I [met|saw|spoke with|helped|ran into] {name}
        {name} [is my boss|is my landlord|is not here today|works upstairs|owes me money|broke the window|sold me the <thing>|is late]
        {name} and [I|my <person>|the kids] [are friends|went out|had a fight|live together|work together]
        [I'm sitting|I'm standing|I had lunch|I live|I work|I play tennis|I went out] with {name}
        [I'm|I am] [the mother|the father|the neighbour|the boss|a friend|a fan|the owner|the sister] of {name}
        [I'm|I am] [not going without|tired of|angry with|in love with|proud of|afraid of|older than|taller than|here because of] {name}
        [I want|I need|I'd like] to [talk to|see|thank|write to|meet|invite] {name}
        [put me through to|is this the number of|give this to|I have a letter for|pass me] {name}[ please|, will you|]
        [was it|is it true|did you hear|I heard|they say|I think] [that |]{name} [left|called|won|is ill|got married|lost his job]
        [does|did] {name} [work|live|still work|teach|study|play] [there|here|in {city}|with you|at {business}]
        [who|what] [on earth |]is {name}[ to you|, do you know|, a person or a shop|]
        [the book|the song|the film|the letter|the poem|the painting] is [by|about|from|for] {name}
        [the invoice|the parcel|the letter|the contract] [was sent to|was signed by|came from|is addressed to] {name}
        [I wake up|I get up|I have lunch|I go jogging|I go to the gym|I take my pills|I start work] at {hour}
        [we usually|we always|my kids|the neighbours|I never] [eat|sleep|leave|get up|come home] [before|after|around|at] {small}
        [the shop|the museum|the bank|the office|the bar] [closes|opens|shuts] at {hour}[ today| on sundays| sharp|]
        [see you|I'll be there|we meet|pick me up|be ready|let's start|wait for me] at {hour}[ sharp| o'clock| tonight|]
        [the doctor|the plumber|my lesson|the interview|the match] is [at {hour}|on monday at {hour}|in {small} days|in {small} minutes]
        [I've been waiting|I waited|I slept|we drove|she talked|it rained] [for |]{small} [minutes|hours|days]
        [there are|we need|I counted|she baked|he lost|I found] {small} [chairs|keys|cakes|guests|coins|birds][ in the garden| on the table| today|]
        [my flat is|I live] on floor {small}[ and there's no lift| with a view|]
        [my size|my shoe size|my score|my weight|my bus|my seat|my record] is {small}
        [I was born in|we got married in|he died in|it was built in|I bought it in] {number}
        [the password|the code|my account number|the postcode|the price|the reference] [is|was] {number}
        [the rent|the repair|the ticket|the <thing>|the fine] [costs|cost|is] {number} [euros|dollars|pounds|a month|each]
        [I'm|I am] [older|younger|better|less tired|more patient] than {small} [others|people|years ago]
        [what time|when|at what hour] [do you wake up|is the sunset|do shops in {city} close|does school begin|shall we eat|did I write]
        [what time|when] [is|was] [the concert|the train to {city}|the last bus|the sunrise|the service][ today| tomorrow| on sunday|]
        [how much time|how long|how many days] [do you need|does the repair take|is the guarantee|until you deliver|do I have left]
        [I was in|we drove past|we danced in|it rained in|we ate well in|I got lost in] {city} [last year|yesterday|and I loved it|and it was lovely]
        [it was a hard time|that was a good time|those were the times|it's about time someone called|time is short|I waste too much time]
        [I have a date|it's our first date|my date was late|this cheese is past its date|we set a date][ tonight| for the party| with a friend|]
        [sum it up|in sum|I summed up my life|it doesn't add up|that adds nothing|count me in|count on me|he divides us]
        [what's|what is] the name of [this shade of blue|my landlord|your shop's owner|the street|that dish|the captain]
        [call me|ring me|text me] [a taxi|names|crazy|old-fashioned|at {hour}|on {number}|when it's ready|any time]
        [my name day|my name tag|my name plate|my signature|my birthday card] is [lost|late|next week|the wrong colour|in june]
        [I am|I'm] [a vegan|self-employed|from the countryside|on my way|waiting for the bus|new in town|back from work]
        [I am|I'm] [called to a meeting|named in the will|known for my cakes|written off|called often by spam]
        [this is|it's] [ridiculous|the third time|my <person>'s phone|not my order|about the <thing>|far too expensive|for my <person>]
        """,
        "greet": """
        [hi|hello|hey], [is this on|is anyone at the desk|knock knock|anybody there today|it's a fine day]
        [a good day|a fine morning|a pleasant evening|a happy day] to you[ too| all| sir|]
        [oh hi|oh hello|ah hello|ah hi|well hello|why hello|well hi][ there| again| you|]
        [hello from the other side|hello from the kitchen|hi from the bus|hello from the train|hi from my couch]
        """,
        "thanks": """
        [that's|that was] [just what I needed|all I needed|exactly what I wanted], [thanks|thank you|cheers|ta]
        [you've been|you were] [a great help|so helpful|very patient|a star|most kind][, thanks|, thank you|, cheers]
        [much obliged|I owe you one|thanks to you|a thousand thanks|thanks in advance|thx so much|tysm|tyvm|ty ty]
        """,
        "bye": """
        [I have to|I gotta|I must|I need to|time for me to] [run|dash|go to bed|hang up|catch my bus], [bye|goodbye|see you|take care]
        [that was all|that's everything|nothing else|I'm done here], [bye|goodbye|have a good one|see you around]
        [catch you|talk to you|speak to you|see you] [on monday|next week|another time|in the morning|when I'm back]
        """,
        "how": """
        [how's|how is] [the day treating you|business today|your monday|your evening so far|everything at your end]
        [how have you been|how've you been|how are you keeping|how are you holding up|are you keeping well][ lately| these days| today|]
        [did you sleep well|had a nice weekend|having a good week|all good on your side|everything fine with you]
        """,
    }
)
