import type { OpenAnswer } from '../queries/queries.ts'

/**
 * The body of an answer of any size: a chunk is made when the reader asks for it, so memory stays flat.
 * Waits for the first chunk, so that SQL that fails is an error and not half an answer. Ends and closes with the reader.
 */
export async function streamAnswer(
  answer: OpenAnswer,
  chunks: AsyncGenerator<Uint8Array>,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const left = new AbortController()
  const guarded = closing(answer, chunks, answer.session.heed(AbortSignal.any([signal, left.signal])))
  let next: Promise<IteratorResult<Uint8Array, void>> | undefined = guarded.next()
  await next
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await (next ?? guarded.next())
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
