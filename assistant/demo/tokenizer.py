"""Builds the demo model's tokenizer: known words are one token, everything else is spelled in bytes."""

import re
from collections import Counter
from pathlib import Path
from typing import Final

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from .generate import Generator
from .grammar import slots
from .noise import INSERTED, PREFIXES, SUFFIXES, unaccented
from .scene import template_texts

SIZE: Final = 4736
SPECIALS: Final = (
    "<|begin_of_text|>",
    "<|end_of_text|>",
    "<|finetune_right_pad_id|>",
    "<|start_header_id|>",
    "<|end_header_id|>",
    "<|eom_id|>",
    "<|eot_id|>",
    "<|python_tag|>",
)
PATTERN: Final = r"'(?:m|s|re|ve|ll|d|t)(?!\p{L})| ?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+|\s*[\r\n]+|\s"
TEMPLATE: Final = (
    "{{- bos_token }}"
    "{%- for message in messages %}"
    "{%- set role = 'ipython' if message['role'] == 'tool' else message['role'] %}"
    "{{- '<|start_header_id|>' + role + '<|end_header_id|>\\n\\n' }}"
    "{%- if message.get('tool_calls') %}"
    "{%- set call = message['tool_calls'][0] %}"
    "{%- set call = call['function'] if call['function'] is defined else call %}"
    "{{- '{\"name\": \"' + call['name'] + '\", \"parameters\": ' }}"
    "{%- if call['arguments'] is string %}{{- call['arguments'] }}"
    "{%- else %}{{- call['arguments'] | tojson }}{%- endif %}"
    "{{- '}' }}"
    "{%- else %}"
    "{{- message['content'] | trim }}"
    "{%- if message['role'] == 'system' and tools %}"
    "{{- '\\nTools: ' }}"
    "{%- for tool in tools %}"
    "{%- set name = tool if tool is string else (tool['function']['name'] if tool['function'] is defined"
    " else tool['name']) %}"
    "{{- name + (', ' if not loop.last else '') }}"
    "{%- endfor %}"
    "{%- endif %}"
    "{%- endif %}"
    "{{- '<|eot_id|>' }}"
    "{%- endfor %}"
    "{%- if add_generation_prompt %}"
    "{{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}"
    "{%- endif %}"
)


def byte_alphabet() -> dict[int, str]:
    """The printable stand-in of every byte, as byte-level tokenizers use it."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table = {byte: chr(byte) for byte in printable}
    spare = 256
    for byte in range(256):
        if byte not in table:
            table[byte] = chr(spare)
            spare += 1
    return table


def _template_words() -> set[str]:
    found: set[str] = set()
    texts = list(template_texts())
    for fillers in (PREFIXES, SUFFIXES, INSERTED):
        texts += (" ".join(words) for words in fillers.values())
    for text in texts:
        bare = re.sub(r"<[a-z_]+>|\{[a-z_]+\}", " ", text)
        for word in re.findall(r"[^\W\d_]+", bare):
            found |= {word, word.lower(), unaccented(word), unaccented(word.lower())}
            found |= {word[:1].upper() + word[1:], unaccented(word[:1].upper() + word[1:])}
    names = {part for text in (*slots.REAL_NAMES, *slots.REAL_CITIES, *slots.BOTS) for part in text.split()}
    ordinary = {"New", "La", "El", "Los", "San", "de", "do", "Mar", "Real", "Ciudad"}
    return {word for word in found if len(word) > 1 or word.lower() in "aeiouyskéàáxqr"} - (names - ordinary)


def vocabulary(dialogues: int = 30_000) -> dict[str, int]:
    """Bytes, then the most frequent template words as they stand, with or without a leading space, then the specials."""
    alphabet = byte_alphabet()
    allowed = _template_words()
    splitter = re.compile(r"'(?:m|s|re|ve|ll|d|t)(?![^\W\d_])| ?[^\W\d_]+|\d| ?(?:[^\s\w]|_)+|\s*[\r\n]+|\s")
    counts: Counter[str] = Counter()
    marks: Counter[str] = Counter()
    generator = Generator(20_260_101)
    for _ in range(dialogues):
        for message in generator.dialogue():
            weight = 3 if message.role != "system" else 1
            for token in splitter.findall(message.content):
                word = token.lstrip(" ")
                if word in allowed:
                    counts[token] += weight
                elif not re.search(r"\w", token):
                    marks[token] += weight
    room = SIZE - len(SPECIALS) - 256
    entries: list[str] = [mark for mark, _ in marks.most_common(56) if len(mark.encode()) > 1]
    entries += ["'s", "'m", "'re", "'ve", "'ll", "'d", "'t"]
    entries += ["system", "user", "assistant", "ipython", "get", "time", "calculate", "parameters", "\n\n"]
    known = set(entries)
    for form, _ in counts.most_common():
        if len(entries) >= room:
            break
        if form not in known and len(form.encode()) > 1:
            entries.append(form)
            known.add(form)
    spelled = ["".join(alphabet[byte] for byte in entry.encode()) for entry in dict.fromkeys(entries)]
    order = [alphabet[byte] for byte in range(256)]
    order += [entry for entry in spelled if entry not in set(order)]
    order = order[: SIZE - len(SPECIALS)]
    order += [f"<|reserved_{at}|>" for at in range(SIZE - len(SPECIALS) - len(order))]
    return {entry: at for at, entry in enumerate(order)}


def build(dialogues: int = 30_000) -> PreTrainedTokenizerFast:
    """The whole tokenizer with its chat template."""
    words = vocabulary(dialogues)
    core = Tokenizer(models.BPE(vocab=words, merges=[], ignore_merges=True, fuse_unk=False))
    core.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PATTERN), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    core.decoder = decoders.ByteLevel()
    core.add_special_tokens([AddedToken(text, special=True, normalized=False) for text in SPECIALS])
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=core,
        bos_token="<|begin_of_text|>",
        eos_token="<|eot_id|>",
        pad_token="<|finetune_right_pad_id|>",
        clean_up_tokenization_spaces=False,
        model_max_length=1024,
    )
    tokenizer.chat_template = TEMPLATE
    return tokenizer


def save(folder: Path, dialogues: int = 30_000) -> PreTrainedTokenizerFast:
    """Build the tokenizer and write it to a folder."""
    tokenizer = build(dialogues)
    tokenizer.save_pretrained(str(folder), save_jinja_files=False)
    return tokenizer
