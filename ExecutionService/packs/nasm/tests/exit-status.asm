        default rel
        global  main
        extern  scanf, printf

        section .rodata
number: db "%d", 0
sum:    db "%d", 10, 0

        section .bss
read:   resd    1

        section .text
main:   push    rbx
        xor     ebx, ebx
next:   lea     rdi, [number]
        lea     rsi, [read]
        xor     eax, eax
        call    scanf
        cmp     eax, 1
        jne     print
        add     ebx, [read]
        jmp     next
print:  lea     rdi, [sum]
        mov     esi, ebx
        xor     eax, eax
        call    printf
        pop     rbx
        mov     eax, 3
        ret
