        default rel
        global  _start

        section .rodata
text:   db " λ → 🙂", 10
length  equ $ - text

        section .bss
line:   resb    80

        section .text
_start: xor     eax, eax                ; read
        xor     edi, edi
        lea     rsi, [line]
        mov     edx, 80
        syscall
        lea     rdx, [rax - 1]          ; write, without the newline
        mov     eax, 1
        mov     edi, 1
        syscall
        mov     eax, 1
        lea     rsi, [text]
        mov     edx, length
        syscall
        mov     eax, 60                 ; exit
        xor     edi, edi
        syscall
