"""More ways to ask for a sum in English, by a second author."""

from .expand import blocks

FRAMES = blocks(
    {
        "sum": """
        {sum}[ please| pls| plz| thanks| thx| asap| now| quickly| real quick| if you can| for me]
        {sum}, [what is it|what's that|how much|how much is it|what do I get|what's the answer|go]
        {sum}, [the result please|the answer please|the total please|tell me the result|I need the result]
        {sum}, [can you do that|can you work it out|can you solve it|can you calculate it|do you know]
        {sum}, [please calculate|please work it out|calculate that|do the math|solve it|work it out for me]
        {sum}, [I can't do it|I'm bad at maths|my head hurts|it's for my homework|I'm stuck|help]
        {sum}, [right now|quickly please|no guessing|be exact|don't round|exactly please]
        {sum} [is what number|is what|comes to what|makes how much|gives how much|totals what|adds up to what]
        {sum} [equals how much|is equal to what|is equal to|makes|gives|would be|should be|comes to]
        {sum} [will be|gives you|turns into|works out as|works out to|ends up as|amounts to] what
        {sum} = [what|how much|answer|result|...|please|tell me]
        {sum} [answer|result|total|solution|calc|calculate|solve|math|maths|sum]
        {sum} - [how much is that|what is it|answer please|result please|the answer is]
        [what|how much] [will|would|does|do|might|could] {sum} [give|make|equal|come to|get me|add up to]
        [what|how much] [will|would|might|could|should] {sum} be [then|exactly|in total|altogether|please]
        [what|how much] do [I|you|we] get [if I do|if you do|with|out of|after|when I do|when you do] {sum}
        [what|how much] [is left|do I have|remains|comes out] [if I do|after|from] {sum}
        what comes out of {sum}
        what [number|figure|value|total|result] [is|do I get from|does it give for|comes from|will be] {sum}
        what [is|was|would be] the [result|answer|total|value|solution|outcome] [of|to|for] {sum}
        what's the [result|answer|total|value|solution|outcome|final number] [of|to|for] {sum}
        what is [equal to|the same as|the correct answer to|the exact value of|the number for] {sum}
        [wat|wht|wot|whats|wats|what] is {sum} [lol|bro|mate|pls|plz|rn|tho|exactly|again|equal to]
        [wats|wat's|whts|wots|waht is|what si|hwat is|wha is] {sum}
        [how mch is|how much si|how much iz|hw much is|hwo much is|howmuch is|how much its] {sum}
        [how much is|what is|what's] {sum} [altogether|in total|all together|in the end|exactly|precisely]
        [how much is|what is|what's] {sum} [for a test|for my homework|for school|to be exact|on a calculator]
        [how much is|what is|what's|what would be] {sum}, [mate|love|boss|dear|bro|buddy|sir|my friend]
        [how much is|what is|what's], [say|for example|for instance|let's say|like], {sum}
        how much [do|does|would|will|did] {sum} [come to|make|amount to|add up to|total]
        how much [are|comes|becomes|makes|gives|makes exactly] {sum}
        how many [do I get from|is|are|would be|in total is|does it make] {sum}
        how do [you|I|we] [solve|calculate|work out|figure out] {sum}, what's the answer
        [do you know|can you tell|can you say|would you know] [what|how much] {sum} [is|makes|gives|equals]
        [do you know|can you tell me|could you tell me] the [answer|result|solution|total] [to|of|for] {sum}
        do you know [how much is|what is|what's] {sum}
        [any idea|any clue|who knows] [what|how much] {sum} [is|makes|comes to|might be]
        [can|could|would|will] you [do|solve|crunch|run|process|handle|crack|manage] {sum}[ please| for me|]
        [can|could|would|will] you [add this up|figure this out|compute this|solve this|do this]: {sum}
        [can|could|would|will] you [help me with|help me solve|help me calculate|help with] {sum}
        [can|could|would|will] you [please |kindly |just |]work out [what |how much ]{sum} is
        [can|could|would|will] you [find|get|give me|show me] [the result of|the answer to] {sum}
        [can|may|could] I [get|have|know|ask for] the [result|answer|total] [of|for] {sum}
        [are you able to|do you know how to|can you even] [calculate|solve|compute|work out] {sum}
        [would|will] you be so kind as to [calculate|work out|tell me|compute] {sum}
        would you mind [calculating|working out|doing|solving|computing] {sum}[ for me|]
        would it be possible to [calculate|compute|know|get] {sum}
        [is it possible|is there a way] to [calculate|work out|know] {sum}
        [kindly|please|pls|plz] [calculate|solve|compute|work out|evaluate|find|do] {sum}
        [kindly|please|pls|plz] [tell me|give me|help me with|show me] {sum}
        [kindly|please] [calculate|solve|compute] for me {sum}
        [kindly help me with|kindly help me to calculate|help me calculate|help me to solve] {sum}
        [help|help me|help pls|need help|I need help]: {sum}
        help me [out with|figure out|work out|do|with this sum|with my homework]: {sum}
        [find|determine|get|obtain|derive|reckon|tot up|total up|tally|count up] {sum}
        [find|determine|get|give|provide|state|print|return|output] the [value|result|answer|total] of {sum}
        [show|display|write|print|say|type|read out] [the answer to|the result of|what you get for] {sum}
        [solve|calculate|compute|do|evaluate] [this|the following|this one|this sum|the sum|it for me]: {sum}
        [solve|calculate|compute|do|evaluate] {sum} [quickly|now|right now|fast|exactly|if you can]
        [calculate|compute|work out] [how much is|what is|the value of|the result of] {sum}
        [calculate|compute|work out] the following for me: {sum}
        [calculte|calcualte|claculate|calulate|caculate|kalkulate|calc me|compte|slove] {sum}
        [run|make|perform|do] [the|this] [calculation|operation|sum|math|maths|arithmetic][:|,| for] {sum}
        [run|use|open|try|start] [the|your] calculator [for|on|with|and do|to do|and tell me] {sum}
        [on|with|using] [the|your] calculator, [what is|how much is|do|work out] {sum}
        [calculate|calculator|calc|maths|math|sum|equation|arithmetic|expression|exercise|problem]: {sum}
        [calculator|calc|math|maths|sum][ please|,| -] {sum}
        [calculator mode|math mode|maths time|math time|next sum|new sum|another sum|new problem]: {sum}
        [maths question|a math problem|maths homework|a sum for you|here is a sum|try this]: {sum}
        [easy one|hard one|tricky one|here's one|riddle me this|a simple one|pop quiz|test]: {sum}
        [question one|question two|exercise one|number one|first problem|last question]: {sum}
        [let's see if you can do|I bet you can't do|bet you don't know|can your brain do] {sum}
        [are you good at maths|can you count|do you do math|how good are you at math]: {sum}
        [are you good at maths|can you count|do you do math], [what's|how much is|what is] {sum}
        [if you can do maths|if you're so smart|smarty|genius|einstein], [what's|how much is|what is] {sum}
        [let me test you|a test|maths test|quick test|testing your math], [what's|how much is|what is] {sum}
        [let's calculate|let's do|let us compute|let's work out|let's figure out|let's try] {sum}
        [let's say I have|suppose I have|imagine I do|say I have|say we do] {sum}, how much is it
        [suppose|assume|imagine|take|say] {sum}, [what do you get|what's the total|what is the result]
        [take|consider|look at|see] {sum} [and tell me the result|and solve it|and give me the answer]
        if you [do|calculate|take|compute|work out] {sum}, [what is it|what do you get|how much is it]
        if I [pay|spend|count|work out|type|enter] {sum}, [how much is that|what's the total|what do I get]
        if we [do|take|count|calculate] {sum}, [what do we get|how much is that|where do we end up]
        when [I|you|we] [do|calculate|compute] {sum}, [what do I get|what's the answer|how much is it]
        [I am|I'm] [trying to do|trying to work out|working on|struggling with|having trouble with] {sum}
        [I am|I'm] [no good at maths|terrible at math|bad with numbers], [what's|how much is] {sum}
        [I am|I'm] [in a shop|at the till|at work|doing my taxes|splitting a bill], [what's|how much is] {sum}
        [I am|I'm] [doing homework|checking a bill|helping my son], [what's|how much is] {sum}
        I can't [do|solve|work out|figure out|calculate|get|finish] {sum}
        I [forgot|don't know|never learned|can't remember] how to do {sum}
        I [don't know|can't remember|have no idea|forgot] [what|how much] {sum} [is|makes|gives]
        I [don't have|lost|left|broke] my calculator, [what's|how much is|what is|please do] {sum}
        I [want|need|wish|would like|have|am trying] to [calculate|solve|work out|figure out|do|find] {sum}
        I [want|need|would like|require] the [answer|result|total|sum|value|solution] [to|of|for] {sum}
        I [want|need|would like] to [know|check|see] [what is|how much is|what|the result of] {sum}
        I [want|need|would like] you to [calculate|solve|do|work out|compute|tell me] {sum}
        I [need|want] {sum} [calculated|solved|worked out|computed|now|please|quickly]
        I'd [like|love] [to know|to calculate|to get|the answer to|the result of|you to do] {sum}
        I [was wondering|wonder|am curious|wanna know] [how much is|what is|what's|how much] {sum}
        I [think|believe|reckon] I got it wrong, [what's|what is|how much is] {sum}
        I [got stuck|gave up|keep failing|made a mistake] on {sum}
        I [get a different answer|always get it wrong|need to be sure], [what is|how much is] {sum}
        my [homework|bill|receipt|invoice|exam|exercise] [has|wants|asks for|needs|is about] {sum}
        my [teacher|boss|son|daughter|wife] [asks|wants to know|asked me] [what is|what's] {sum}
        my [teacher|boss|son|daughter|wife] [asked for|needs|wants] [the answer to|the result of] {sum}
        my calculator [is broken|died|is at home|says error], [what's|how much is|what is] {sum}
        [the kids|the teacher|the customer|the client|my class] [want to know|wants to know|wants|need] {sum}
        [for my homework|for school|for work|for a bill|for a recipe|for my taxes], [what's|how much is] {sum}
        [for my homework|for school|for work|for a form] I need [to know |the result of |]{sum}
        [to check my answer|to be sure|just to check|double check for me], [what's|how much is|what is] {sum}
        [check|verify|double check|confirm] [this|my sum|the result of|the calculation]: {sum}
        [hi|hello|hey|yo|hiya], [what's|what is|how much is|can you do|calculate] {sum}
        [good morning|good evening|good day], [what's|how much is|please calculate|could you do] {sum}
        [hey|hi|ok|yo] {bot}, [what's|how much is|calculate|do|solve|I need] {sum}
        {bot}, [what's|how much is|calculate|please do|solve|can you do|work out] {sum}
        [what is|what's|how much is] {sum}, {bot}
        [excuse me|sorry|pardon|sorry to ask], [what's|how much is|could you do|what is] {sum}
        [sir|madam|dear|boss|my friend|bro|mate], [what's|how much is|please do|help me with] {sum}
        [come on|damn|quick|quickly|hurry|fast], [what's|how much is|solve|calculate] {sum}
        [just|simply|only] [tell me|give me|say|calculate|do|answer] {sum}
        [stupid bot|listen|oi|stop talking and], [calculate|tell me|do|solve] {sum}
        [so|and|but|ok|well|now|right|alright] [what's|how much is|what would be|what makes] {sum}
        [also|one more thing|another thing|last thing|one more|next], [what's|how much is|calculate] {sum}
        [thanks|cool|nice|great|good|wow], [now do|and how much is|and what is|next calculate] {sum}
        [tell me|let me know|remind me|inform me|say] [how much is|what is|the total of|the result of] {sum}
        [tell me|let me know|explain to me] [what|how much] {sum} [is|makes|comes to|equals|gives]
        [tell|show|give] [us|me] what [you get for|comes out of|you make of|it is for] {sum}
        give me [the answer to|the exact result of|a quick answer for|only the number for] {sum}
        just the [number|answer|result|total] [please|for this|no talking]: {sum}
        [the answer|the result|the total|the solution|the value] [of|for|to] {sum} [please|is|is what|now]
        [answer|result|total|solution|value|outcome] [for|of] {sum} [please|pls|now|exactly]
        [answer|reply with|respond with|come back with] the [result|total|value] of {sum}
        [answer this|answer me this|answer this one|reply to this]: [what's|how much is|what is] {sum}
        [the sum is|the problem is|the question is|the exercise is|it says|it is|it's|it reads] {sum}
        [here it is|here we go|here goes|ready|ok ready|attention|mind this]: {sum}
        [mental arithmetic|head maths|brain teaser|quick one|speed round|numbers for you]: {sum}
        [is it hard to do|is it easy to do|how hard is], [what is|what's] {sum}
        [would you say|do you think] you can [do|solve|calculate|work out] {sum}
        [don't guess|no guessing|be careful|carefully now|think first], [what's|how much is] {sum}
        [pls how much is|please what is|abeg how much is|please how much is|abeg calculate] {sum}
        [what is coming for|what will come for|how much it comes for|how much will come for] {sum}
        [do the needful and calculate|please do calculate|do one thing, calculate] {sum}
        [wanna know|gotta know|need to know|have to know|must know|dying to know] [what is|what's] {sum}
        [lemme know|gimme|lemme have|tell me pls|hit me with] {sum}
        [numbers please|number please|the number]: {sum}
        the calculation [is|goes|reads|I need is|I want is]: {sum}
        [of course you know|surely you know|you must know|everyone knows] [what is|what's|how much is] {sum}
        [what's|what is] {sum}, [I'm too lazy to count|I forgot my calculator|I need it for work]
        [what's|what is|how much is] {sum}, [please help|I'm stuck|quick|my exam is now|the shop is waiting]
        [what's|what is|how much is] {sum}, [do you know|can you tell me|any idea|tell me|please say]
        [what's|what is] {sum} [when you add it all|when you do the maths|if you calculate it|done properly]
        [enter|type|put|punch in|key in] {sum} [into the calculator|in your calculator|and tell me]
        the [total|cost|price|amount|bill] is {sum}, [how much is that|what is that|calculate it]
        [split|share|bill|budget|shopping|change|salary] [maths|math|question][:|,] {sum}
        """,
        "follow_sum": """
        and [how much is|what is|what's|what about|then|now|also|if I do] {sum}
        [ok|thanks|great|cool|nice|good], [and |now |now do |and what about |how about |then ]{sum}
        [next|next one|another|another one|one more|again|also|last one|finally|lastly]: {sum}
        [next|another one|one more|again|also|last one|finally|now|then], {sum}
        [what|how] about {sum} [then|now|instead|too|as well|though|please]
        [do|try|solve|calculate|give me|tell me] {sum} [too|as well|now|next|then|also]
        [now|then|next] [do|try|solve|calculate|give me|tell me|what is|what's|how much is] {sum}
        [and|also|plus] {sum} [too|as well|please|then|now]
        [the same for|same for|same with|same thing with|the same with|same question for] {sum}
        [can|could|would] you [also |]do {sum} [too|as well|now|next|please]
        [I meant|I mean|no I meant|sorry I meant|wait, I meant|make that|make it|change it to|rather] {sum}
        [no|sorry|wait|oops|not that], [it's|it is|I meant|I mean|should be|do|it was] {sum}
        [wrong numbers|typo|my mistake|I mistyped|wrong one], [it's|it is|I meant|try] {sum}
        [I also need|I also want|I need also|also give me|also calculate|and calculate|and solve] {sum}
        [wat about|wht about|n|nd|&|wot about] {sum}
        and if [it's|it is|it was|it were|I do|I take|you do|you take|we do] {sum}
        and [when I do|when you do|with|for] {sum}
        [or|or maybe|or rather|or else|instead] {sum}
        [let's do|let's try|now let's do|let me try|let me ask|let's see] {sum}
        [harder|a harder one|an easier one|easy one|trickier|bigger numbers]: {sum}
        [while you're at it|while we're at it|since you're so good|you're good, now], {sum}
        [right, now|good, now|correct, now|ok so|fine, then|perfect, then] {sum}
        [so|then|so then] [what's|what is|how much is|how much would be] {sum}
        [second|third|fourth|last] [one|sum|question|problem]: {sum}
        [more|more sums|more maths|more math|keep going|go on|continue]: {sum}
        [hm|hmm|um|uh|aha|wow], [and |now |what about |then ]{sum}
        {sum} [next|too|as well|then|also|after that|instead|same question]
        {sum}, [and that|same thing|same question|also|too|next|what about that|how about that]
        """,
    }
)
