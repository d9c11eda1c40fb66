import type { OpenAnswer } from '../queries/queries.ts'

/**
 * The body of an answer of any size: a chunk is made when the reader asks for it, so memory stays flat.
 * Waits for the first chunk, so that SQL that fails is an error and not half an answer. Ends and closes with the reader, and
 * where neither a chunk is made nor one is taken for longer than the watch waits.
 */
export async function streamAnswer(
  answer: OpenAnswer,
  chunks: AsyncGenerator<Uint8Array>,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const { watch } = answer
  const left = new AbortController()
  const guarded = closing(answer, chunks, answer.session.heed(AbortSignal.any([signal, left.signal, watch.signal])))
  watch.signal.addEventListener('abort', () => void guarded.return().catch(() => undefined))
  const made = async (): Promise<IteratorResult<Uint8Array, void>> => {
    watch.moved()
    try {
      const piece = await guarded.next()
      watch.signal.throwIfAborted()
      watch.moved()
      return piece
    } catch (error) {
      throw answer.why(error)
    }
  }
  let next: Promise<IteratorResult<Uint8Array, void>> | undefined = made()
  await next
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await (next ?? made())
        next = undefined
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        left.abort()
        await guarded.return()
      },
    },
    { highWaterMark: 0 },
  )
}

async function* closing(
  answer: OpenAnswer,
  chunks: AsyncGenerator<Uint8Array>,
  end: () => void,
): AsyncGenerator<Uint8Array, void> {
  try {
    yield* chunks
  } finally {
    end()
    answer.close()
  }
}
