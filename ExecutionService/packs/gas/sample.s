# Greets you, with nothing but system calls.
        .intel_syntax noprefix
        .globl  _start

        .equ    read, 0
        .equ    write, 1
        .equ    exit, 60

# Writes the bytes from \start to \end to standard output.
        .macro  print start, end
        mov     eax, write
        mov     edi, 1
        lea     rsi, \start
        lea     rdx, \end
        sub     rdx, rsi
        syscall
        .endm

        .section .rodata
question:       .ascii  "What is your name? "
question_end:
hello:          .ascii  "Hello, "
hello_end:
stranger:       .ascii  "stranger"
stranger_end:
end_of_line:    .ascii  "!\n"
end_of_line_end:

        .bss
name:   .skip   200

        .text
_start:
        print   [rip + question], [rip + question_end]

        mov     eax, read
        xor     edi, edi
        lea     rsi, [rip + name]
        mov     edx, 200
        syscall
        lea     rbx, [rip + name]       # rbx: end of the name
        test    rax, rax
        jle     named
        add     rbx, rax
        cmp     byte ptr [rbx - 1], '\n'
        jne     named
        dec     rbx
named:
        print   [rip + hello], [rip + hello_end]
        lea     rax, [rip + name]
        cmp     rbx, rax
        jne     known
        print   [rip + stranger], [rip + stranger_end]
        jmp     done
known:  print   [rip + name], [rbx]
done:   print   [rip + end_of_line], [rip + end_of_line_end]

        mov     eax, exit
        xor     edi, edi
        syscall
