import { LanguageSupport, StreamLanguage } from '@codemirror/language'
import { clike } from '@codemirror/legacy-modes/mode/clike'
import { type WordSyntax, wordIndentation, wordMode } from './wordMode'

const double = { start: '"', end: '"' }
const single = { start: "'", end: "'" }
const braces = { opens: /[{([]\s*$/, closes: /[})\]]/ }

/** The languages that the editor's library has no highlighting for. */
const syntaxes: Record<string, WordSyntax> = {
  ada: {
    ignoreCase: true,
    keywords: 'abort abs abstract accept access aliased all and array at begin body case constant declare delay delta digits do else elsif end entry exception exit for function generic goto if in interface is limited loop mod new not null of or others out overriding package parallel pragma private procedure protected raise range record rem renames requeue return reverse select separate some subtype synchronized tagged task terminate then type until use when while with xor',
    types: 'Integer Natural Positive Float Long_Float Boolean Character String Wide_String Duration Long_Integer',
    atoms: 'True False',
    lineComments: ['--'],
    strings: [{ ...double, raw: true }],
    number: /^\d[\d_]*(?:#[\da-fA-F_.]+#|\.\d[\d_]*)?(?:[eE][+-]?\d+)?/,
    atom: /'.'/,
    opens: /\b(?:is|begin|then|loop|else|record|declare|exception|select|=>)\s*$/i,
    closes: /(?:end|begin|else|elsif|exception|when)\b/i,
  },
  awk: {
    keywords: 'BEGIN END BEGINFILE ENDFILE break case continue default delete do else exit for func function getline if in next nextfile print printf return switch while',
    builtins: 'ARGC ARGV CONVFMT ENVIRON FILENAME FNR FS NF NR OFMT OFS ORS RLENGTH RS RSTART SUBSEP atan2 close cos exp fflush gensub gsub index int length log match rand sin split sprintf sqrt srand strftime sub substr system systime tolower toupper asort asorti',
    lineComments: ['#'],
    strings: [double],
    variable: /\$(?:\w+)?/,
    atom: /\/(?! )(?:[^/\\\n[]|\\.|\[[^\]\n]*\])+\/(?=\s*[){,;~&|]|\s*$)/,
    ...braces,
  },
  basic: {
    ignoreCase: true,
    keywords: 'and as break case clear close const continue data default dim do else elseif elsif end endif error exit export fi for gosub goto if import input inkey$ label let local loop mod next not on open or pause peek poke print read redim rem repeat restore return reverse screen sleep static step stop sub swap switch then to token until using wait wend while xor',
    builtins: 'abs acos asc asin atan bin$ chr$ cos date$ dec eof exp floor frac glob hex$ instr int left$ len log lower$ ltrim$ max mid$ min mod numparams ran right$ rinstr rtrim$ sig sin split sqr sqrt str$ tan time$ trim$ upper$ val',
    word: /[A-Za-z_][\w]*[$%#!]?/,
    lineComments: ['rem', '//'],
    lineComments1st: ["'", '#'],
    strings: [double],
    opens: /\b(?:then|do|repeat|else)\s*$|^\s*(?:for|while|sub|switch|case)\b/i,
    closes: /(?:end|endif|fi|next|wend|loop|until|else|elseif|elsif)\b/i,
  },
  bc: {
    keywords: 'auto break continue define else for halt if length print quit read return scale sqrt void while',
    builtins: 'ibase obase last limits s c a l e j',
    lineComments: ['#'],
    blockComment: ['/*', '*/'],
    strings: [{ ...double, raw: true, lines: true }],
    number: /^(?:[\dA-F]+(?:\.[\dA-F]*)?|\.[\dA-F]+)/,
    word: /[a-z][a-z0-9_]*/,
    ...braces,
  },
  elixir: {
    keywords: 'after alias and case catch cond def defdelegate defexception defguard defguardp defimpl defmacro defmacrop defmodule defoverridable defp defprotocol defstruct do else end fn for if import in not or quote raise receive require rescue reraise super throw try unless unquote unquote_splicing use when with',
    atoms: 'true false nil',
    builtins: 'self spawn send inspect is_atom is_binary is_list is_map is_number is_integer is_nil length elem hd tl round trunc div rem abs max min',
    word: /[a-z_][\p{L}\p{N}_]*[?!]?/u,
    type: /[A-Z][\w.]*/,
    variable: /@[a-z_]\w*/,
    atom: /:(?:[a-zA-Z_]\w*[?!]?|"(?:[^"\\]|\\.)*")|[a-z_]\w*[?!]?:(?=\s)/,
    lineComments: ['#'],
    strings: [{ start: '"""', end: '"""', lines: true }, { ...double, lines: true }, { ...single, lines: true }, { start: '~s(', end: ')' }, { start: '~w(', end: ')' }, { start: '~r/', end: '/' }],
    opens: /(?:\bdo|->|[{([])\s*$|\b(?:else|rescue|after|catch)\s*$/,
    closes: /(?:end|else|rescue|after|catch)\b|[})\]]/,
  },
  icon: {
    keywords: 'break by case create default do else end every fail global if initial invocable link local next not of procedure record repeat return static suspend then to until while',
    builtins: 'any center char close copy detab exit find get getenv image insert integer left list many map match move open ord pop pos pull push put read reads real remove repl reverse right seek seq set sort stop string sqrt sin cos tab table trim type upto where write writes',
    variable: /&[a-z]+/,
    lineComments: ['#'],
    strings: [double, single],
    opens: /[{([]\s*$|\b(?:then|do|else|of)\s*$|^procedure\b/,
    closes: /[})\]]|end\b/,
  },
  jq: {
    keywords: 'and as catch def elif else end foreach if import include label module not or reduce then try',
    atoms: 'true false null empty',
    builtins: 'add all any arrays ascii_downcase ascii_upcase ceil contains debug del endswith env error explode first flatten floor from_entries fromjson getpath group_by gsub has implode in index input inputs inside isvalid join keys last length limit ltrimstr map map_values match max max_by min min_by path paths range recurse reverse rtrimstr scan select sort sort_by split splits sqrt startswith strings sub test to_entries tojson tonumber tostring transpose type unique unique_by until values walk while with_entries',
    variable: /\$(?:__loc__|\w+)|@\w+/,
    type: /\.[A-Za-z_]\w*/,
    lineComments: ['#'],
    strings: [double],
    opens: /(?:[{([]|\bthen|\belse|:)\s*$/,
    closes: /[})\]]|(?:end|else|elif)\b/,
  },
  asm: {
    ignoreCase: true,
    keywords: 'mov movzx movsx movsxd lea push pop add sub mul imul div idiv inc dec neg not and or xor shl shr sal sar rol ror cmp test jmp je jne jz jnz jg jge jl jle ja jae jb jbe js jns jc jnc jo jno call ret leave enter nop int syscall sysenter cdq cqo cbw cwd loop loope loopne rep repe repne movsb movsw movsd movsq stosb stosd stosq lodsb scasb cmpsb sete setne setg setl setge setle cmove cmovne cmovg cmovl xchg bswap bt cld std hlt cpuid rdtsc movss addsd subsd mulsd divsd sqrtsd cvtsi2sd cvttsd2si movaps movups pxor',
    meta: /%(?:define|macro|endmacro|include|if|ifdef|ifndef|else|elif|endif|assign|rep|endrep|undef)\b|\b(?:section|segment|global|extern|bits|default|align|equ|times|struc|endstruc|istruc|iend|org|use\d+)\b/i,
    types: 'db dw dd dq dt resb resw resd resq byte word dword qword ptr rel',
    builtins: 'rax rbx rcx rdx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15 eax ebx ecx edx esi edi ebp esp ax bx cx dx al bl cl dl ah bh ch dh sil dil r8d r9d r10d r11d r12d r13d r14d r15d xmm0 xmm1 xmm2 xmm3 xmm4 xmm5 xmm6 xmm7',
    word: /[.\w$?@][\w.$?@]*/,
    atom: /[.\w$?@]+:/,
    number: /^(?:0x[\da-f_]+|\d[\da-f]*h|[01]+b|\d[\d_]*)(?!\w)/i,
    lineComments: [';'],
    strings: [{ ...double, raw: true }, { ...single, raw: true }, { start: '`', end: '`' }],
    opens: /^\s*[.\w$?@]+:\s*$/,
  },
  nim: {
    keywords: 'addr and as asm bind block break case cast concept const continue converter defer discard distinct div do elif else end enum except export finally for from func if import in include interface is isnot iterator let macro method mixin mod nil not notin object of or out proc ptr raise ref return shl shr static template try tuple type using var when while xor yield',
    types: 'int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 float float32 float64 bool char string cstring seq array set openArray range void auto any untyped typed',
    atoms: 'true false nil result',
    builtins: 'echo len add inc dec high low ord chr repr stdin stdout readLine write newSeq parseInt quit assert swap min max abs',
    lineComments: ['#'],
    blockComment: ['#[', ']#'],
    meta: /\{\.|\.\}/,
    atom: /'(?:[^'\\]|\\[^']+|\\')'/,
    strings: [{ start: 'r"', end: '"', raw: true }, { start: '"""', end: '"""', raw: true, lines: true }, double],
    opens: /(?:[:=]|[{([]|^\s*(?:type|var|let|const|import))\s*$/,
    closes: /(?:else|elif|except|finally|of)\b|[})\]]/,
  },
  prolog: {
    keywords: 'is mod rem xor rdiv div dynamic discontiguous initialization module use_module ensure_loaded table multifile',
    atoms: 'true false fail',
    builtins: 'write writeln print format nl read read_term halt assert asserta assertz retract retractall findall bagof setof forall member append length nth0 nth1 msort sort reverse last sumlist sum_list atom_codes atom_chars atom_length atom_number number_codes char_code functor arg copy_term call not once between succ plus consult catch throw var nonvar atom number integer',
    word: /[a-z][\p{L}\p{N}_]*/u,
    variable: /[A-Z_]\w*/,
    meta: /:-|-->|\?-/,
    atom: /0'(?:\\.|.)/,
    lineComments: ['%'],
    blockComment: ['/*', '*/'],
    strings: [double, single, { start: '`', end: '`' }],
    opens: /(?::-|-->|->|[([])\s*$/,
    closes: /[)\]]/,
  },
  rexx: {
    ignoreCase: true,
    keywords: 'address arg by call do drop echo else end exit expose for forever forward guard if interpret iterate leave loop nop numeric options otherwise parse procedure pull push queue raise reply return say select signal source then to trace until upper value var version when while with class method routine requires',
    builtins: 'abbrev abs b2c bitand bitor bitxor c2d c2x center centre changestr charin charout chars compare copies countstr d2c d2x datatype date delstr delword digits errortext format fuzz insert lastpos left length linein lineout lines max min overlay pos random reverse right sign sourceline space strip substr subword symbol time translate trunc verify word wordindex wordlength wordpos words x2b x2c x2d xrange',
    lineComments: ['--'],
    blockComment: ['/*', '*/'],
    strings: [{ ...double, raw: true }, { ...single, raw: true }],
    opens: /\b(?:do|then|else|select|otherwise)\s*$|^\s*(?:do|loop|select)\b/i,
    closes: /end\b/i,
  },
}

const words = (text: string) => Object.fromEntries(text.split(' ').map((word) => [word, true]))

const likeC = (name: string, keywords: string, types: string, atoms: string) =>
  new LanguageSupport(StreamLanguage.define(clike({ name, keywords: words(keywords), types: words(types), blockKeywords: words('case do else for foreach if switch while class struct try catch finally namespace'), atoms: words(atoms) })))

/** One of them. */
export function ownMode(name: string): LanguageSupport | null {
  if (name === 'pike') {
    return likeC(name, 'break case catch class constant continue default do else enum extern final for foreach gauge global if import inherit inline lambda local nomask optional predef private protected public return sscanf static switch typedef typeof variant while', 'array bool float function int mapping mixed multiset object program string void', 'UNDEFINED this')
  }
  if (name === 'vala') {
    return likeC(name, 'abstract as async base break case catch class const construct continue default delegate delete do dynamic else ensures enum errordomain extern finally for foreach get if in inline interface internal is lock namespace new out override owned params partial private protected public ref requires return set signal sizeof static struct switch throw throws try typeof unowned using virtual volatile weak while yield', 'bool char double float int int8 int16 int32 int64 long short size_t ssize_t string uchar uint uint8 uint16 uint32 uint64 ulong unichar ushort var void', 'true false null this')
  }
  const syntax = syntaxes[name]
  return syntax ? new LanguageSupport(StreamLanguage.define(wordMode(name, syntax)), wordIndentation(syntax)) : null
}
