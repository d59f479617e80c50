/** A log of HttpProxy with the columns of one of the server: people ask for their mail. */
export function forgedProxyLog(
  sample: string,
  rows: number,
  of: {
    readonly time: (i: number) => number
    readonly client: (i: number) => string
    readonly user: (i: number) => string
  },
): string {
  const head = sample.split(/(?<=\n)/).filter((line) => line.startsWith('#') || /^DateTime,/i.test(line))
  const columns = (head.find((line) => /^(?:#Fields: )?DateTime,/i.test(line)) ?? '').trim().replace('#Fields: ', '')
  const lines = Array.from({ length: rows }, (_, i) => {
    const values: Readonly<Record<string, string>> = {
      datetime: new Date(of.time(i)).toISOString(),
      requestid: `${String(i).padStart(8, '0')}-0000-4000-8000-000000000000`,
      clientipaddress: of.client(i),
      authenticateduser: of.user(i),
      isauthenticated: 'true',
      httpstatus: '200',
      urlstem: '/owa/',
      protocol: 'Owa',
      method: 'GET',
    }
    return columns
      .split(',')
      .map((name) => values[name.toLowerCase()] ?? '')
      .join(',')
  })
  return `${head.join('')}${lines.join('\r\n')}\r\n`
}
