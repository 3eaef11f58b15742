import { readEvents } from './eventStream'

function streamOf(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}

async function read(...chunks: Uint8Array[]) {
  const events = []
  for await (const event of readEvents(streamOf(...chunks))) events.push(event)
  return events
}

const bytes = (text: string) => new TextEncoder().encode(text)

it('reads events with their names', async () => {
  expect(await read(bytes('event: text\ndata: {"text":"a"}\n\ndata: plain\n\n'))).toEqual([
    { name: 'text', data: '{"text":"a"}' },
    { name: 'message', data: 'plain' },
  ])
})

it('does not mind where the chunks are cut', async () => {
  const all = bytes('event: text\r\ndata: héllo\r\ndata: two\r\n\r\n: a comment\r\n\r\nevent: end\r\ndata: 1\r\n\r\n')
  const single = Array.from(all, (byte) => Uint8Array.of(byte))
  expect(await read(...single)).toEqual([
    { name: 'text', data: 'héllo\ntwo' },
    { name: 'end', data: '1' },
  ])
})

it('leaves out an event that was cut off', async () => {
  expect(await read(bytes('event: text\ndata: whole\n\nevent: text\ndata: ha'))).toEqual([{ name: 'text', data: 'whole' }])
})
