        .globl  main

        .section .rodata
number: .asciz  "%d"
sum:    .asciz  "%d\n"

        .bss
read:   .skip   4

        .text
main:   push    %rbx
        xor     %ebx, %ebx
next:   lea     number(%rip), %rdi
        lea     read(%rip), %rsi
        xor     %eax, %eax
        call    scanf
        cmp     $1, %eax
        jne     print
        add     read(%rip), %ebx
        jmp     next
print:  lea     sum(%rip), %rdi
        mov     %ebx, %esi
        xor     %eax, %eax
        call    printf
        pop     %rbx
        mov     $3, %eax
        ret
