"""Phrases that the frames of the demo model share in English: ways to ask, verbs, things, persons."""

from .expand import blocks

RULES = blocks(
    {
        "ask": """
        [can|could|would|will] you [please |kindly |quickly |]tell me
        [please |just |now |so |]tell me
        do you [happen to |]know
        [can|could] you [say|find out|check|look up|explain]
        I [want|need|would like|just want] to know
        I'd like to know
        [may|might|can] I [know|ask]
        let me know
        would you mind telling me
        [any idea|any clue]
        I [was wondering|wonder|am wondering]
        [let's see if|show me that] you know
        have you [any|an] idea
        remind me
        """,
        "get": """
        [give|show|send|get|tell] me
        [can|could] you [give|show|get|tell] me
        I [need|want|would like]
        I'd like
        [can|could|may] I [have|get|see]
        [please |]check
        [what is|what's]
        [please |]say
        """,
        "remember": """
        do you [still |even |]remember
        do you [still |really |actually |]know
        do you recall
        [can|could] you [still |]remember
        [can|could] you [recall|repeat|say|tell me|remind me of|tell me again]
        [please |]remind me of
        have you [forgotten|memorized|kept|saved|noted|learned]
        did you [forget|memorize|save|note|learn|catch|get|keep|write down]
        I [bet|guess|think] you [forgot|remember|don't remember|don't know]
        I hope you [remember|still remember|know|didn't forget]
        let's see if you [remember|know|recall]
        are you able to [say|remember|recall|repeat]
        tell me [once more|again|] if you [know|remember]
        you [still |do |]remember
        [still |]remember
        I forgot
        what do you remember about
        repeat
        """,
        "my_name": """
        my name
        my [first |own |]name
        what my name is
        what my name was
        what I am called
        what I'm called
        who I am
        the name I [gave|told|said to|mentioned to] you
        what [name|] I [told|gave] you
        what I said my name was
        how I introduced myself
        what you should call me
        what to call me
        what name I go by
        """,
        "name_tail": """
        , nice to meet you
        , pleased to meet you
        , a pleasure
        , hello
        , hi there
        [ by the way|, by the way]
        [ and you|, and you|, what about you]
        [ here|]
        , thanks
        , and I [need help|am new here|have a question|want to try this|like this|come from {city}]
        [ from|, from|, I am from|, I live in] {city}
        , {small} years old
        , remember [it|that|this]
        , [please |]don't forget [it|that]
        """,
        "person": """
        [brother|sister|mother|father|dog|cat|boss|friend]
        [neighbour|wife|husband|teacher|son|daughter|cousin]
        [best friend|uncle|aunt|colleague|doctor|partner]
        [grandmother|boyfriend|girlfriend|parrot|company|team]
        """,
        "thing": """
        [poem|story|song|letter|report|email|recipe|summary|joke book|speech|plan|list|program|script|essay]
        [car|house|phone|ticket|flight|hotel|pizza|table|book|shirt|room|laptop|bike|doctor|camera|gift]
        [password|account|invoice|order|payment|refund|delivery]
        [photo|video|contract|website|meeting|calendar]
        """,
        "verb": """
        [write|translate|draw|book|buy|find|make|explain|fix|send|order|cancel|cook|plan|design|compare]
        [recommend|choose|summarize|read|check|open|build|sell|repair|paint|record|play|print|pay|change]
        """,
        "field": """
        [history|physics|football|politics|music|biology|economics]
        [philosophy|chess|law|medicine|art|geography]
        [the war|the moon|the sun|black holes|the weather|dinosaurs|the ocean]
        [cooking|cars|love|money|tax|health]
        [planets|computers|the internet|robots|animals|trees|religion|movies|fashion|games|travel|the stars]
        """,
    }
)
