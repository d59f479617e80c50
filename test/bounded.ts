import { Worker } from 'node:worker_threads'

/** Ample for what takes milliseconds, on a busy machine too; what backtracks without bound takes years. */
const SECONDS = 60

/**
 * The result of an exported function, called in a thread that is ended when it does not return: so that a test of what must end
 * fails instead of waiting forever.
 */
export async function ended<T>(module: string, name: string, args: readonly unknown[]): Promise<T> {
  const code = `
    import { parentPort, workerData } from 'node:worker_threads'
    const { module, name, args } = workerData
    parentPort.postMessage(await (await import(module))[name](...args))`
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
    workerData: { module, name, args },
  })
  const result = Promise.withResolvers<T>()
  const timer = setTimeout(() => result.reject(new Error(`${name} did not end`)), SECONDS * 1000)
  worker.on('message', result.resolve).on('error', result.reject)
  try {
    return await result.promise
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
