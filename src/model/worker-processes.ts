// Programs of Exchange and IIS in which the code of a request or of a message runs.

/** Is it the program of a worker process of IIS or Exchange? A path, or the name alone. */
export function isWorker(image: string): boolean {
  return /(?:^|[\\/])(?:w3wp|umworkerprocess)\.exe$/i.test(image)
}

/** Is it a worker process, or the transport service, which runs agents? */
export function isWorkerOrTransport(image: string): boolean {
  return isWorker(image) || /(?:^|[\\/])edgetransport\.exe$/i.test(image)
}
