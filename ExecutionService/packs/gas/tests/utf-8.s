        .globl  _start

        .section .rodata
text:   .ascii  " λ → 🙂\n"
        .equ    length, . - text

        .bss
line:   .skip   80

        .text
_start: xor     %eax, %eax              # read
        xor     %edi, %edi
        lea     line(%rip), %rsi
        mov     $80, %edx
        syscall
        lea     -1(%rax), %rdx          # write, without the newline
        mov     $1, %eax
        mov     $1, %edi
        syscall
        mov     $1, %eax
        lea     text(%rip), %rsi
        mov     $length, %edx
        syscall
        mov     $60, %eax               # exit
        xor     %edi, %edi
        syscall
