; Greets you, then takes a number apart into its prime factors. A main makes this a program of the C library.
        default rel
        global  main
        extern  printf, fgets, fflush, strcspn, strtol, dprintf, stdin

%macro  print   1-2                     ; print format, value
        lea     rdi, [%1]
%if %0 > 1
        mov     rsi, %2
%endif
        xor     eax, eax                ; no floating-point arguments
        call    printf
%endmacro

        section .rodata
ask_name:       db "What is your name? ", 0
ask_number:     db "A whole number from 2 to a billion: ", 0
hello:          db "Hello, %s!", 10, 0
stranger:       db "stranger", 0
line_end:       db 13, 10, 0
refusal:        db "“%s” is not such a number.", 10, 0
equation:       db "%ld = ", 0
factor:         db "%ld", 0
cross:          db " × ", 0
newline:        db 10, 0
superscripts:   db "⁰", 0, "¹", 0, 0, "²", 0, 0, "³", 0, 0      ; four bytes each
                db "⁴", 0, "⁵", 0, "⁶", 0, "⁷", 0, "⁸", 0, "⁹", 0

        section .bss
answer: resb    80
parsed: resq    1

        section .text
ask:                                    ; rdi: question; leaves the line in answer
        sub     rsp, 8                  ; the stack stays aligned to 16 bytes at each call
        xor     eax, eax
        call    printf
        xor     edi, edi
        call    fflush
        mov     byte [answer], 0
        lea     rdi, [answer]
        mov     esi, 80
        mov     rdx, [stdin]
        call    fgets
        lea     rdi, [answer]
        lea     rsi, [line_end]
        call    strcspn
        lea     rdi, [answer]
        mov     byte [rdi + rax], 0
        add     rsp, 8
        ret

print_power:                            ; eax: power
        cmp     eax, 1
        jbe     .done
        xor     edx, edx
        mov     ecx, 10
        div     ecx
        push    rdx                     ; the second digit
        test    eax, eax
        jz      .second
        lea     rdi, [superscripts]
        lea     rdi, [rdi + rax * 4]
        xor     eax, eax
        call    printf
.second:
        mov     rax, [rsp]
        lea     rdi, [superscripts]
        lea     rdi, [rdi + rax * 4]
        xor     eax, eax
        call    printf
        pop     rdx
.done:  ret

main:
        push    rbx                     ; what is left of the number
        push    r12                     ; prime
        push    r13                     ; its power
        lea     rdi, [ask_name]
        call    ask
        lea     rsi, [answer]
        lea     rax, [stranger]
        cmp     byte [answer], 0
        cmove   rsi, rax
        print   hello, rsi

        lea     rdi, [ask_number]
        call    ask
        lea     rdi, [answer]
        lea     rsi, [parsed]
        mov     edx, 10
        call    strtol
        mov     rdx, [parsed]
        cmp     byte [rdx], 0
        jne     .refuse
        cmp     rax, 2
        jl      .refuse
        cmp     rax, 1000000000
        jg      .refuse

        mov     rbx, rax
        print   equation, rbx
        mov     r12d, 2
.try:   mov     rax, r12
        mul     rax
        cmp     rax, rbx
        cmova   r12, rbx                ; what is left has no smaller divisor
        xor     r13d, r13d
.divide:
        mov     rax, rbx
        xor     edx, edx
        div     r12
        test    rdx, rdx
        jnz     .divided
        mov     rbx, rax
        inc     r13
        jmp     .divide
.divided:
        test    r13, r13
        jz      .next
        print   factor, r12
        mov     eax, r13d
        call    print_power
        cmp     rbx, 1
        je      .end
        print   cross
.next:  inc     r12
        jmp     .try
.end:   print   newline
        xor     eax, eax
.leave: pop     r13
        pop     r12
        pop     rbx
        ret
.refuse:
        mov     edi, 2
        lea     rsi, [refusal]
        lea     rdx, [answer]
        xor     eax, eax
        call    dprintf
        mov     eax, 1
        jmp     .leave
