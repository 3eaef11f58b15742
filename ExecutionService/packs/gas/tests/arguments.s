        .globl  main

        .section .rodata
show:   .asciz  "[%s]"
empty:  .asciz  ""

        .text
main:   push    %rbx
        lea     8(%rsi), %rbx
next:   mov     (%rbx), %rsi
        test    %rsi, %rsi
        jz      done
        lea     show(%rip), %rdi
        xor     %eax, %eax
        call    printf
        add     $8, %rbx
        jmp     next
done:   lea     empty(%rip), %rdi
        call    puts
        xor     %eax, %eax
        pop     %rbx
        ret
