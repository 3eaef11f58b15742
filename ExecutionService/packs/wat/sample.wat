;; Greets you, through the WebAssembly System Interface (WASI).
(module
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)

  ;; At 0: start and length of the bytes to move; at 8: how many were moved; at 256: the name.
  (data (i32.const 16) "What is your name? ")
  (data (i32.const 48) "Hello, ")
  (data (i32.const 64) "stranger")
  (data (i32.const 80) "!\n")

  (func $print (param $start i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $start))
    (i32.store (i32.const 4) (local.get $length))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))

  ;; Reads a line to 256, and returns its length without the newline.
  (func $read_line (result i32)
    (local $length i32)
    (i32.store (i32.const 0) (i32.const 256))
    (i32.store (i32.const 4) (i32.const 200))
    (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
    (block $end
      (loop $next
        (br_if $end (i32.ge_u (local.get $length) (i32.load (i32.const 8))))
        (br_if $end (i32.eq (i32.load8_u offset=256 (local.get $length)) (i32.const 10)))
        (local.set $length (i32.add (local.get $length) (i32.const 1)))
        (br $next)))
    (local.get $length))

  (func (export "_start")
    (local $length i32)
    (call $print (i32.const 16) (i32.const 19))
    (local.set $length (call $read_line))
    (call $print (i32.const 48) (i32.const 7))
    (if (local.get $length)
      (then (call $print (i32.const 256) (local.get $length)))
      (else (call $print (i32.const 64) (i32.const 8))))
    (call $print (i32.const 80) (i32.const 2))))
