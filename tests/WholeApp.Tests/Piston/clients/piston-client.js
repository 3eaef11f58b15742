// Does with piston-client what its readme shows, and prints what it answers. Usage: node piston-client.js <server>
import piston from 'piston-client'

const client = piston({ server: process.argv[2] })

const answers = {
  runtimes: await client.runtimes(),
  latest: await client.execute('python', 'print("Hello World!")'),
  pinned: await client.execute('python', 'import sys; print(sys.argv[1:], input())', { version: '3.9.4', stdin: 'typed', runTimeout: 20000 }),
  files: await client.execute({
    language: 'js',
    version: '15.10.0',
    files: [{ name: 'my_cool_code.js', content: "console.log('Hello World', process.argv.slice(2).join('-'))" }],
    stdin: '',
    args: ['1', '2', '3'],
    compileTimeout: 10000,
    runTimeout: 20000,
    compileMemoryLimit: -1,
    runMemoryLimit: -1,
  }),
  unknown: await client.execute('nothing', 'x', { version: '1.0.0' }),
}
console.log(JSON.stringify(answers))
