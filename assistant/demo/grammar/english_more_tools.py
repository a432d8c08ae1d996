"""More ways to ask for the time and the date in English, by a second author."""

from .expand import blocks

FRAMES = blocks(
    {
        "time": """
        [any idea|any clue|anyone know|anybody know|do you know] what time it [is|might be|could be][ now|]
        [any idea|any clue|do you know] [of the time|what the clock says|how late we are in the day]
        [what's|whats|wats|wat's] the time [like|saying|at|on your end|by you|my friend|mate|bro|dear]
        [wat|wht|waht|what|wot] time is [it|it now|it rn|this|that]
        [what tim is it|what tme is it|wat tym is it|whattime is it|what time si it|what time it it]
        [time pls|time plz|time rn|time tho|da time|the tiem|tiem please|time?? lol]
        [what time u got|what time you got|u got the time|got the time on ya|got the time bro]
        [what time we at|what time are we at|what time we have|what time is it by now]
        [what time have we got|what time have you got|what time do we have|what time you have]
        [what o'clock is it|how many o'clock is it|which o'clock is it|what is the o'clock]
        what is the time [by your watch|by your clock|on your side|at your end|over there|where you are]
        what [does|would] your [watch|clock|phone|computer] [say|show|read|tell]
        what [does it say|is it] on [the|your] clock
        [check|read|look at|consult] [the|your] [clock|watch] [for me|please|and tell me|will you]
        [can|could|would] you [check|read|look at|have a look at|glance at] [the|your] [clock|watch] for me
        [can|could|would|will] you [give|show|get] me the [current time|time now|exact time|time of day|hour]
        [can|could|would|will] you [please |kindly |just |]say what time it is
        [can|could|may|might] I [ask|trouble you for|bother you for|know|get|have] the time
        [can|could] [somebody|someone|anyone|you guys] tell me the time
        [kindly|please|pls|plz] [tell|give|share|provide|confirm] [me |]the [time|current time|exact time]
        kindly [let me know|inform me of|advise] the time
        [would|will] you be [so kind as|kind enough|able] to tell me the time
        would it be possible to [know|get|have] the time
        [is there any way|is there a way|is it possible] to [know|find out|get] the time
        [tell|give] me the [time|hour|exact time|precise time|correct time], [will you|would you|now]
        [tell|show|give] me what time it is [at this moment|right this second|this minute|at present]
        [say|read out|announce|print|display|fetch|look up|check] the time
        [say|read out|print|display|fetch|look up|find out|check] what time it is
        [get_time|get time|run the clock|use the clock|call the clock|clock please|clock|use your clock]
        [use|run|try] [your|the] [clock|time tool|time function|clock tool]
        [I need|I want|I require|I'm after|I'd love|I would like] the [exact |precise |right |]time
        I need to [know|see|check|find out] [what time it is|the time|the exact time|how late it is]
        I [just |only |really |]want to [know|check|ask] [the time|what time it is]
        [I'd like|I would love] to [know|hear|check] [what time it is|the time|what the time is]
        [I'm curious|I'm wondering|I wonder|I was asking myself] what time it is
        I [have no idea|don't know|can't tell|haven't a clue|have lost track of] what time it is
        I [lost track|have lost all sense|have no sense] of time, what time is it
        I [can't see|can't find|don't have] [a clock|my watch|any clock], what's the time
        I [left|forgot|misplaced|sold] my watch [at home|somewhere|on the bus], what's the time
        I [just woke up|overslept|fell asleep|dozed off|took a nap], what time is it
        [woke up|just landed|just got up|just got home|slept all day], [what's the time|what time is it]
        I'm [blind|driving|cooking|in the shower|in bed|in a dark room], [what's the time|tell me the time]
        I'm [in a hurry|running late|meeting a friend|waiting for the bus], what time is it[ now|]
        I'm [off to work|catching a train|baking a cake|timing something], [what's the time|time please]
        I [must|have to|need to] [leave soon|catch a train|take my pills|go to work], what time is it
        I [must|have to|need to] [pick up the kids|call my mum|be on time], what time is it now
        I [don't want|can't afford] to be late, [what time is it|what's the time|tell me the time]
        I [think|guess|bet] I'm late, [what's the time|what time is it|how late is it]
        [what's the time|what time is it], I [have to leave|must go|am late|have a meeting|need to eat]
        [what's the time|what time is it], my [watch|phone|clock] [stopped|died|is dead|is slow|is broken]
        [what's the time|what time is it], I [can't see the clock|lost my phone|have no watch|just woke up]
        [what's the time|what time is it|tell me the time] [so I can plan|before I go|so I'm not late]
        [what time is it|time please], the [kids|children|guests|buses] are [late|waiting|coming]
        my [phone|battery|watch|clock|alarm] [is dead|is flat|is off|is wrong], [what's the time|time please]
        my [phone|laptop|watch|clock|oven] [shows|has] the wrong time, what is [it really|the right time]
        [power cut here|the power went out|my clock reset], [what's the time|what time is it]
        the clock [here|on the wall|at work] [stopped|is broken|is wrong], [what time is it|what's the time]
        it's [getting dark|still dark|so late|very early], what time is it
        [it feels late|feels like midnight|it must be late|it must be noon by now], what time is it
        [is it late|is it lunchtime|is it bedtime|is it noon|is it midnight] [already|yet], what time is it
        [is it past|is it after|is it before] [noon|midnight|lunch], what's the time
        is it time [to go|for lunch|for bed|for tea], what's the clock say
        [how late|how early] is it [right now|at the moment|for you|then|really]
        how late [is it getting|has it got|did it get|has it become]
        [what's the hour|what is the hour|tell me the hour|the hour please|the hour]
        [which|what] hour [are we in|is it by your clock|of the day is it|do we have]
        [what|which] time of [day|the day] is it [now|exactly|]
        what part of the day is it, I mean the time
        [hours and minutes|hour and minute|the time in hours and minutes] [please|now|right now]
        [what's|what is] the [official|correct|accurate|precise|real|actual|present|live|server|system] time
        [correct|exact|accurate|precise|actual|real|official|system|server|clock] time [please|now|pls]
        [exact time|precise time|actual time|present time|real time|correct time|clock time]
        [time now|time at the moment|time currently|time at present|time right this second]
        [need|want|got] [the time|time|a time check]
        [quick time check|time check please|time check pls|a time check|can we get a time check]
        [time|hour], [please|now|pls|mate|if you don't mind|tell me|what is it|I need it]
        [the time|the hour] [is what|is what now|right now is what|is|now is]
        [now|right now|currently|at this moment|as of now], what time is it
        [today|tonight|this morning|this evening], what time is it [now|right now|]
        [it is now|it's now|the time is now|the clock says] what time
        right now it is what time
        what time is it [in the day|in total|honestly|seriously|roughly|about|approximately|to the minute]
        [roughly|about|approximately|exactly|precisely] what time is it
        [so|and|but|ok|alright|well|oh|ah] what time [is it now|would it be|have we|is it then]
        [one more thing|also|another thing|last thing|by the way], what time is it
        [thanks|cool|nice|great|good to know], and [the time|what time is it|what's the time]
        [hi|hello|hey|yo|hiya], [what time is it|what's the time|got the time|do you have the time]
        [good morning|good evening|good afternoon], [what's the time|what time is it|may I have the time]
        [hey|hi|ok|yo] {bot}, [what time is it|what's the time|time please|got the time|time check]
        {bot}, [what time is it|time please|the time|what's the time|tell me the time|check the clock]
        what time is it, {bot}
        [excuse me|pardon me|sorry to bother you], [do you have the time|what time is it|what's the time]
        [sir|madam|dear|boss|my friend|pal|love|buddy], [what's the time|what time is it|the time please]
        [what's the time|what time is it], [love|mate|pal|boss|dear|buddy|sir|bro|my friend|darling]
        [come on|for god's sake|damn|seriously|quick|quickly|hurry], [what time is it|what's the time]
        [just tell me|just say|don't chat just tell me|stop talking and say] [the time|what time it is]
        [stupid bot|you dummy|oi|listen], [what time is it|tell me the time]
        [how about|what about] the time
        [talking of time|speaking of time|about the time], what is it now
        do you [even |really |]know [the time|what time it is|how to tell time]
        [are you able to|can you|could you] [tell the time|read the clock|say the time] [now|for me|please]
        if you [have|can see|know] [a clock|the time], [what time is it|tell me]
        if it's not too much trouble, [what time is it|the time please]
        [when you can|when you have a second|if you can], [tell me the time|give me the time]
        I [asked|am asking|was asking] [for the time|what time it is|what the time is]
        [again|once more|one more time|update], what time is it [now|by now|]
        [what time is it now|and now|what's the time now], [it's been a while|some time has passed]
        [let me know|tell us|inform me|update me on|remind me of] [the time|what time it is]
        let's [check|see|know] [the time|what time it is]
        [give|throw|hit|send] me [the time|the hour|the clock]
        [how's the clock|how is the time|how goes the time|how are we for time] [looking|now|]
        [where are the hands of the clock|what do the hands say|where does the clock stand]
        [my gran|my son|my boss|my friend|the teacher] [wants|needs] to know [the time|what time it is]
        [my mum|my wife|my boss|somebody] [asks|is asking] what time it is
        [we are playing|the game starts soon|the show is about to start], what time is it
        [is the day over|is it over yet|is the shift over], what time is it
        [are we late|am I late|am I early|am I on time], what time is it
        [should I be in bed|should I be asleep|should I eat now], what time is it
        I [wanted|came|am here] to [ask|know|check] [the time|what time it is]
        [what time is it|what's the time], [please tell me|can you tell me|do you know|any idea|quickly]
        [please|ok|now], [what's the time|what time is it], [I need to know|I'm in a rush|it's urgent]
        hello [please |]what is the time [please|now]
        [please what is the time|please what time is it|abeg what's the time|what says the clock]
        [what is the time saying|what is the time now please|time is what|what is your time]
        [today's time|the time of now|time of the moment|present time please|time now please]
        [tell the time please|tell time|say time|show time|give time|get time|check time]
        [how does the time stand|what's the time got to|what's it gone|what time has it gone]
        """,
        "date": """
        [wat|wht|waht|wot|what] day is [it|it today|today|this|it rn]
        [whats|wats|what's|what is] [todays date|today date|the day|the date rn|date today|the dat]
        [todays date|today date|the date|what date|date pls|date plz|date now|date rn|the date now]
        [date check|quick date check|day check|calendar check|date and day|day and date|date of today please]
        [what date|which date] [have we got|do we have|are we on|are we at|is today|do you have]
        [what day|which day] [have we got|do we have|are we on|of the month is it|of the month are we]
        [what day|which day] of the week [is today|are we on|do we have|would today be]
        [what|which] [weekday|day name] is [it|today|it today]
        [what|which] month [is this|are we in|do we have|is it now|is the current one]
        [what|which] year [is this|are we in|do we have|is it now|is the current one|are we living in]
        [what|which] [month and year|day and month|day and year|year and month] is it
        [month|year|weekday|day|date] [please|now|today|pls]
        [current|present|exact|full|correct|actual] date [please|now|pls|today|]
        [the current|the present|the exact|the full|the correct] [date|day|month|year]
        [what's|what is] the [exact|full|correct|current|actual|complete|official] date [today|now|please|]
        [what's|what is] the [current|present] [month|year|day|weekday]
        [what's|what is] the [date|day] [by your calendar|on the calendar|where you are|right now|please]
        [what's|what is] today [in your calendar|on the calendar|the date I mean|as a date]
        [what does|what would] [the|your] calendar [say|show|read|tell]
        [check|look at|consult|read|open] [the|your] calendar, what [day|date] is it
        [can|could|would|will] you [check|look at|read] [the|your] calendar [for the date|for today's date]
        [can|could|would|will] you [give|tell|show|get] me [the date|today's date|the day of the week]
        [can|could|would|will] you [please |kindly |]say [what day it is|what date it is|today's date]
        [can|could|may|might] I [ask|know|get|have|trouble you for] [the date|today's date]
        [kindly|please|pls|plz] [tell|give|share|provide|confirm] [me |][the date|today's date|the day]
        [kindly|please] [let me know|tell me] [the day|what day it is|what the date is]
        [would|will] you be so kind as to tell me [the date|what day it is]
        would you mind [saying|checking|telling me] [the date|what day it is|today's date]
        [is there any way|is it possible] to [know|get|find out] today's date
        [tell|show|give] me [the date|today's date|the day|the weekday|the month|the year|the full date]
        [say|print|display|fetch|look up|find out|read out] [the date|today's date|what day it is]
        [I need|I want|I require|I'm after|I'd like] [the date|today's date|the day and date|the full date]
        I need to [know|check|write|put] [the date|today's date] [on a form|on a letter|on a cheque|here]
        I [just |only |]want to [know|check|ask] [what day it is|the date|today's date]
        I'd like to [know|check] [what day it is|the date|which day of the week it is]
        [I'm curious|I'm wondering|I wonder] what [day|date|month|year] it is
        I [have no idea|don't know|forgot|can't remember|never know] what [day|date|month] it is
        I [lost track|have lost track|lose track] of the [days|date|week], what day is it
        I [can't find|don't have|lost] [a calendar|my calendar|my diary], what's the date
        I [just woke up from a coma|was in a cave|was on holiday|worked nights], what day is it
        I'm [filling in a form|writing a letter|signing a paper|writing a cheque], what's the date
        I'm [retired|on holiday|jet lagged|so tired|so confused], [what day is it|which day is it today]
        I have [an exam|a meeting|a birthday|an appointment] soon, what [day|date] is it today
        I [have to|must|need to] [pay the rent|take out the bins|hand in homework], what day is it
        [what day is it|what's the date|what date is it], I [lost track|forgot|need it for a form]
        [what day is it|what's the date], [my calendar is old|my phone died|I was away|I'm confused]
        [what's the date|which date is it], [I have to sign something|I must fill in a form|for a letter]
        my [phone|laptop|calendar|watch] [shows|has] the wrong date, what [is it really|date is it]
        [all days feel the same|every day feels like monday|feels like friday], what day is it
        [is it|is today] [still |already ][monday|tuesday|wednesday|thursday|friday|saturday|sunday]
        [is it|is today] [really |]the [first|second|third|tenth|last] [of the month|day of the month|today]
        [is it|is today] [friday|monday|sunday|saturday] [yet|already|by any chance|or not|today]
        [today is|today's|it's] [monday|tuesday|friday|sunday], [right|isn't it|is it|am I right|correct]
        [monday|tuesday|thursday|friday|sunday] today, [right|no|is it|isn't it]
        are we [still |already ]in [january|march|june|july|september|november|december]
        are we on [monday|tuesday|wednesday|thursday|friday|saturday|sunday] [today|already|or]
        is it [january|march|may|august|october|december] [yet|already|now]
        is it [monday or tuesday|saturday or sunday|thursday or friday] [today|]
        is it [the weekend|a weekday|a working day] [today|now|already|yet], what day is it
        do you [even |]know [what day it is|today's date|the date|what day of the week it is]
        [any idea|any clue|anyone know|do you know] what [day|date|month|year] [it is|it is today|this is]
        [any idea|do you know] which [day|month|year] we're in
        [are you able to|can you|could you] [tell the date|say what day it is|give the date|name the day]
        [hi|hello|hey|yo|hiya], [what day is it|what's the date|what's today's date|which day is it]
        [good morning|good evening], [what day is it today|what's the date today|what's today's date]
        [hey|hi|ok|yo] {bot}, [what day is it|what's the date|date please|what is today]
        {bot}, [what day is it|the date please|what's the date|tell me the date|which day is today]
        what day is it, {bot}
        [excuse me|pardon me|sorry], [what day is it|do you have the date|what's the date|what is the date]
        [sir|madam|dear|boss|my friend|love], [what's the date|what day is it|the date please]
        [what's the date|what day is it], [love|mate|pal|boss|dear|buddy|sir|bro|my friend]
        [come on|damn|seriously|quick|quickly], [what day is it|what's the date]
        [just tell me|just say] [the date|what day it is|what date it is|the day]
        [so|and|but|ok|well|oh] [what day is it|what's the date|what is today|which day is it]
        [one more thing|also|another thing|last thing], [what day is it|what's the date]
        [thanks|cool|nice|great], and [the date|what day is it|what's the date|today's date]
        [that's the time|not the time|I know the time|not the hour], [what's the date|what day is it]
        [time and date|date and time|the date and the time|the day and the time] [please|now|]
        [what is|what's|tell me|give me|need] the [date and time|time and date|date and the time]
        [what are|give me] today's [date and time|day and date|details, I mean the date]
        [day, month and year|day month year|the day, the month and the year] [please|of today|]
        [what is it today|what do we have today|what's it today], [monday or what|friday or what|the date]
        today is [what day|which day|what date|which date|what]
        [today|now], what [day|date] is it
        [today|right now|at the moment|currently], [what's the date|what day do we have|which date is it]
        [today's day|the day today|this day|today], [which one is it|what is it called|what date]
        it is what day today
        [the date|the day] [is what|today is|is what today|right now]
        [today's date|the date today|the day today] [is what|would be|please|is it known]
        what would [today's date|the date|the date today] be
        what number is [today|it today] in the month
        [what should I write|what do I put] as today's date
        [what's the day|what is the day] [of the week|of the month|of today|today please|like today]
        [let me know|remind me of|inform me of|update me on] [the date|today's date|what day it is]
        remind me [what day it is|which day we have|what the date is|what month it is|what year we are in]
        let's [check|see] [the date|what day it is|which day it is]
        [in what|in which] [year|month] are we[ now|]
        [what|which] century, year and day is it
        [what's|what is] the [year|month] [now|today|on your calendar|we are in]
        [the year|the month|the weekday] is [what|what now|which one]
        my [gran|son|boss|friend|teacher] [wants|needs] to know [what day it is|today's date|the date]
        my [mum|wife|boss|kid] [asks|is asking] [what day it is|for the date|what date it is]
        I [asked|am asking|was asking] [for the date|what day it is|about today's date]
        [which|what] day [would|could|might] [it|today] be
        [what day are we today|which day are we on today|what date are we on today]
        [please what is today's date|please what day is today|please which day is it]
        [what is the date today please|today is which day please|what date is today please]
        is today's date [the first|the fifteenth|the last of the month], what is it
        [are we in a new month|is it a new month|did the month change] already, what's the date
        [happy new day|good day], what [date|day] do we have
        [use|check] your clock [for the date|and tell me the date|and say what day it is]
        [give|throw|send] me the [date|day|full date], [please|will you|thanks|buddy]
        [is it the same day|did the day change|is it past midnight], what [day|date] is it now
        """,
    }
)
