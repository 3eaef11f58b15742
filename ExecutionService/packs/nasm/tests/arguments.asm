        default rel
        global  main
        extern  printf, puts

        section .rodata
bracket:
        db "[%s]", 0
empty:  db 0

        section .text
main:   push    rbx
        lea     rbx, [rsi + 8]
next:   mov     rsi, [rbx]
        test    rsi, rsi
        jz      done
        lea     rdi, [bracket]
        xor     eax, eax
        call    printf
        add     rbx, 8
        jmp     next
done:   lea     rdi, [empty]
        call    puts
        xor     eax, eax
        pop     rbx
        ret
