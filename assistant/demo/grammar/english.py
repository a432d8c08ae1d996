"""How people tell and ask names, identities, times and sums in English."""

from .expand import blocks

FRAMES = blocks(
    {
        "tell_name": """
        my [first |full |real |]name is {name}<name_tail>
        my [first |full |real |]name is {name}
        my name's {name}
        [the name is|the name's|name is|name:|my name:] {name}
        I am {name}
        I'm {name}
        im {name}
        I am {name}<name_tail>
        I'm {name}<name_tail>
        [it's|it is|this is|here is] {name}
        [it's|it is|this is] {name}<name_tail>
        [this is|it's|it is] {name} [speaking|here|talking|writing|again]
        {name} [speaking|here|is my name|is what they call me|writing to you|at your service]
        {name} is the name
        [you can|you may|please|just|feel free to] call me {name}
        call me {name}
        call me {name}<name_tail>
        [everyone|everybody|people|my friends|they|friends|all my friends] [call|calls] me {name}
        I am called {name}
        I'm called {name}
        I go by [the name |the name of |]{name}
        I [would like|want|prefer] to be called {name}
        I'd [like|prefer] to be called {name}
        let me introduce myself[, I'm|: I am|, my name is|: my name is] {name}
        allow me to introduce myself[, I'm|: I am|, my name is|: my name is] {name}
        [nice|pleased|good] to meet you, [I'm|I am|my name is] {name}
        [hi|hello|hey], [I'm|I am|my name is|this is|it's|call me] {name}
        [hi|hello|hey] {bot}, [I'm|I am|my name is|this is|it's] {name}
        [hi|hello|hey] [there |]{name} here
        [remember|save|note|write down|please remember|don't forget][ that|:|] my name[ is|:] {name}
        [remember|know|note] that [I'm|I am] {name}
        [actually|no|sorry|in fact|correction|wait], [my name is|I'm|I am|call me] {name}
        you are [talking|speaking|chatting] [to|with] {name}
        [for you|to you|officially] I'm {name}
        [I was|I got] [named|baptized|born] {name}
        they named me {name}
        my parents [named|called] me {name}
        [I sign as|sign me as|put me down as|register me as|save me as] {name}
        [just so you know|for the record|by the way|so you know|fyi], [I'm|I am|my name is|I'm called] {name}
        [hi|hello|hey|good morning|good evening][,|!|] [I'm|I am|my name is|this is|it's|here is] {name}<name_tail>
        [hey|hi|hello], it's me, {name}
        [most people|folks|my mates|my colleagues|some people] [call me|know me as] {name}
        I answer to [the name |]{name}
        [please |you can |][address|refer to] me as {name}
        I'd rather you [called|call] me {name}
        {name} is what [people|my friends|they|everybody] call me
        {name}[,|:] that's [me|my name]
        my name? {name}
        I'm {name} [by the way|btw|from accounting|over here|again]
        {name} here<name_tail>
        {name} here
        you're [chatting|speaking|talking] with {name}
        [hi|hello|hey] {bot}, {name} here
        """,
        "ask_name": """
        what[ is|'s|s] my name
        what[ is|'s|s] my [full |first |own |]name[ again| then| now| please|]
        what was my name[ again|]
        what did I say my name [was|is]
        what name did I [give|tell|say to|mention to] you
        which name did I [give|tell|mention to] you
        who am I
        who am I [again|to you|then|please]
        and who am I
        [so |and |ok, |]what am I called
        what do [you|people|they] call me
        what should you call me
        how [do|should|will|would] you call me
        how am I called
        by what name do you know me
        do you know me
        do you remember me
        [say|spell|write|type] my name
        my name[ is| was|]?
        my name, please
        <remember> <my_name>
        <remember> <my_name>
        <remember> <my_name> [now|please|at all|or not|already|then|by any chance]
        <ask> <my_name>
        <ask> <my_name> [now|please|again]
        <get> my name
        and my name
        and [what is|what's] my name
        what have I told you [about my name|my name was]
        I told you my name, [what was it|what is it|remember it|do you remember]
        I told you [earlier|before|already] [who I am|my name], [what is it|so what is it|right]
        did I [tell|give|mention to] you my name
        have I told you my name
        who are you [talking|speaking|chatting] [to|with]
        who is [talking|speaking|writing] to you
        with whom are you [speaking|talking]
        my name is what
        my name is what again
        [quiz|test|question]: what[ is|'s] my name
        do you [still |]have my name
        do you know my name yet
        what name did you [save|write down|note] for me
        which name is mine
        how [do|should|would] you address me
        [greet|address] me by [my |]name
        [say hi|say hello] [to me |]by [my |]name
        what's the name I [gave|told] you[ earlier| before| at the start|]
        what name [do you have|have you got] for me
        you remember me, right? what's my name
        [earlier|before|at the start] I told you my name, what was it
        I can't remember [if|whether] I told you my name, what is it
        under what name [am I saved|do you know me]
        who did I say I [was|am]
        the name I told you, [please|what was it|do you have it]
        what do you have me down as
        do you [know|remember] who you are [talking|speaking] to
        """,
        "who": """
        who are you
        who [are|r] you[ exactly| really| again| then| anyway|]
        what are you
        what [exactly |]are you
        what[ is|'s|s] your name
        what[ is|'s|s] your [full |first |]name[ again| please|]
        your name[ please|]
        do you have a name
        who am I [talking|speaking|chatting|writing] [to|with]
        with whom am I [speaking|talking]
        whom am I [speaking|talking] to
        who is this
        who's this
        who is [there|answering|speaking|writing|behind this]
        and you[, who are you| are| who are you|]
        and [who are you|what's your name|what is your name|your name]
        introduce yourself
        [please |can you |could you |]introduce yourself[ please|]
        [tell me|say something|talk|tell me something|tell me more] about [yourself|you]
        tell me who you are
        <ask> who you are
        <ask> [who you are|your name|what your name is|what you are|who I am talking to|what you are called]
        <get> your name
        what are you called
        what do [they|people|we|I] call you
        how [should|do|can|may|shall] I call you
        what [should|can|may|do] I call you
        which [company|business|shop|firm|store|organization] [is this|are you from]
        which [company|business|shop|firm|store|organization] [do you work for|do you represent]
        what [company|business|shop|firm|store] [is this|are you from|do you work for|do you represent]
        [who|whom|where|what company] do you work for
        where do you work
        which [model|assistant|AI|version] [are you|is this|am I talking to]
        what [model|kind of model|kind of assistant|AI|version] [are you|is this|am I talking to]
        are you [chatgpt|gpt|llama|siri|alexa|gemini|claude|gpt-4|a large model|a llama model|a demo]
        who [made|built|created|runs|owns|trained] you
        are you {bot}
        is your name {bot}
        is this {business}
        am I [talking|speaking] to {business}
        is this the [right |]number of {business}
        and you are
        [please |]state your name
        what do you go by
        may I have your name[ please|]
        who's [there|on the line|on the other end|answering]
        on whose behalf [are you answering|do you answer]
        [which|what] [business|company|shop] am I [writing|talking|speaking] to
        what's [this company|this business|this shop] called
        what [is|was] the name of [this|your] [company|business|shop|assistant]
        name and [company|business|employer] please
        who are you and [who|what company] do you work for
        what's your name and [who do you work for|where do you work|which company is this]
        tell me your name and [your company|who you work for]
        """,
        "time": """
        what time is it
        what time is it [now|right now|please|at the moment|currently|there|here|today|exactly]
        what time it is
        what time do you have
        what[ is|'s|s] the [current |exact |local |right |]time[ now| please| right now|]
        [do you have|have you got|got|you got|you have] the time
        [do you have|got] the [current |exact |]time[ please| on you| now|]
        <ask> what time it is
        <ask> [what time it is [now|right now]|what the time is|the time|the [current|exact|local] time]
        <ask> [what time it is [here|exactly]|what the time is|the time|the [current|exact|local] time]
        <get> the [current |exact |local |right |]time[ please| now|]
        time
        [time now|time please|the time|the time please|current time|local time|time check|time right now]
        what hour is it
        [which|what] hour is it [now|]
        how late is it
        how late is it [now|already]
        I [need|want|would like] [the time|to know the time|to know what time it is|to know how late it is]
        [tell|give|check|show] the time
        look at the clock
        what does [the|your] clock [say|show]
        [is it late|is it early], what time is it
        I [lost|forgot|broke] my watch, what time is it
        my [watch|clock|phone] [stopped|is broken|died], what time is it
        I am late, what time is it
        [what time|the time] [now|is it|please]
        could you check the [clock|time]
        [mind|would you mind] telling me the time
        what's the hour[ now|]
        do you have a clock, what time is it
        I have no watch, [what's the time|what time is it]
        what's the time like now
        what time would it be now
        how's the time
        hey, the time please
        can I get the [current |]time[ please|]
        """,
        "date": """
        what day is it
        what day is it [today|now]
        what day is today
        what[ is|'s|s] [the date|today's date|the date today|today|the current date|the day today]
        which [day|date|month|year] is [it|today]
        what [date|month|year] is it[ now| today|]
        what day of the week is it[ today|]
        <ask> [what day it is|what day is today|the date|today's date|what date it is|the date of today]
        <get> [the date|today's date|the current date|the date of today]
        [date|today's date|date please|date today|the date please]
        [is it|is today] [monday|tuesday|friday|sunday|saturday|wednesday|thursday]
        """,
        "time_city": """
        what time is it in {city}
        what time is it [now|right now|currently|at the moment|over there|at present] in {city}
        what time is it in {city} [now|right now|please|at the moment|currently|at present|today]
        what time [do they have|have they got|is it for people] in {city}
        what[ is|'s|s] the [current |exact |local |]time in {city}[ now| please|]
        what[ is|'s|s] the time [now |right now |over |]in {city}
        [do you know|got|do you have|have you got] the time in {city}
        <ask> what time it is in {city}
        <ask> what time it is [now |right now |]in {city}[ now| please|]
        <ask> [the time|the [current|local|exact] time|what the time is|how late it is] in {city}
        <get> the [current |local |exact |]time [in|for|of] {city}
        [time|time now|the time|current time|local time|hour|clock|time right now] in {city}
        [time|clock|current time|time for|local time] {city}
        {city} time
        {city} [time now|time please|local time|current time|what time|what time is it|now]
        {city}[,|:| -] what time is it
        {city}[,|:| -] [what's the time|what time is it there|time please|what time]
        in {city}[,|] what time is it
        in {city} [what's the time|what is the time|what time is it now|how late is it]
        how late is it in {city}
        what hour is it in {city}
        I need the time in {city}
        I need to call {city}, what time is it there
        my [<person>] [lives|is] in {city}, what time is it there
        I [am|live|will be|am going to be|just landed|arrived] in {city}, what time is it[ here| there|]
        I am [calling|travelling to|flying to|moving to] {city}, what time is it there
        [is it late|is it early|is it night|is it day] in {city}, what time is it there
        [is it late|is it night|is it already morning] in {city}
        if I call {city} now, what time is it there
        what does the clock [say|show] in {city}
        what time would it be in {city}[ now| right now|]
        what's {city} time[ right now| now|]
        [time|what's the time] over in {city}
        [give me|tell me|check|what's] {city}'s [current |local |]time
        [what is|what's] the hour in {city}[ now| at this moment|]
        is it [morning|evening|noon] in {city}? what's the time there
        the time over there in {city}[ please|]
        for {city}, what time is it
        [and |so |]what time is it over in {city}
        what time do people have in {city} [now|right now]
        how late would it be in {city}
        someone in {city} wants to talk to me, what time is it there
        could you check the [clock|time] in {city}
        """,
        "follow_city": """
        and in {city}
        [and |what about |how about |]in {city}
        [and |what about |how about |now |and what about |and how about ]{city}
        [and|now] [the time in|what time is it in] {city}
        the same for {city}
        and over in {city}
        """,
        "sum": """
        {sum}
        {sum}
        {sum}
        {sum} =
        {sum} = ?
        what is {sum}
        what's {sum}
        whats {sum}
        how much is {sum}
        how much [is|does|would be|makes|do you get for] {sum}
        how much does {sum} [make|give|equal]
        what does {sum} [make|give|equal|come to]
        [calculate|compute|solve|work out|evaluate|figure out|calc] {sum}
        [please |can you |could you |]calculate {sum}[ please| for me|]
        [please |can you |could you |][compute|solve|work out|do|figure out] {sum}[ please| for me|]
        <ask> [how much|what] {sum} is
        <ask> [how much is|what is|what's] {sum}
        <get> [the result of|the answer to|the value of|the total of] {sum}
        [result of|answer to|total of|the result of|value of] {sum}
        I [need|want] [the result of|to calculate|to know how much is|to compute] {sum}
        [help me with|quick math|math question|a sum|quick question|quick sum][:|,| -] {sum}
        [do the math|do this sum][:|,] {sum}
        {sum} [is how much|equals what|equals|is what|makes what|gives what|please]
        if I [do|calculate|take] {sum}, what do I get
        my [homework|bill|exercise] [says|is] {sum}
        how many is {sum}
        I need {sum} done
        the answer to {sum}
        can you tell me {sum}
        tell me {sum}
        give me {sum}
        {sum}, please
        {sum} equals
        what would {sum} be
        what do you get [for|from] {sum}
        [use the calculator|with the calculator|calculator]: {sum}
        [I'm|I am] stuck on {sum}
        """,
        "follow_sum": """
        and {sum}
        [what about|how about|now|and now|then|next] {sum}
        """,
    }
)
