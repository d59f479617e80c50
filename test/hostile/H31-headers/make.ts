import type { Make } from '../case.ts'
import { IIS_LOGS, iisLog, put } from '../parts.ts'

export const make: Make = ({ evidence }) => {
  const log = iisLog('2021-03-15', 200)
  const [header = ''] = /^#Fields:.*$/m.exec(log) ?? []
  const lines = log.split('\r\n')
  const reordered = header.replace('#Fields: date time s-ip', '#Fields: s-ip date time')
  const turned = (line: string): string => line.replace(/^(\S+) (\S+) (\S+)/, '$3 $1 $2')
  const middle = 100
  const file = (name: string, text: readonly string[]): void =>
    put(evidence, `${IIS_LOGS}/${name}.log`, text.join('\r\n'))
  file('u_ex210401', [...lines.slice(0, middle), header, header, ...lines.slice(middle)])
  file('u_ex210402', [...lines.slice(0, middle), reordered, ...lines.slice(middle).map(turned)])
  file('u_ex210403', [...lines.slice(0, middle), '#Fields: color taste weight', ...lines.slice(middle)])
  file(
    'u_ex210404',
    lines.filter((line) => !line.startsWith('#Fields:')),
  )
  file('u_ex210405', [...lines.slice(4, middle), ...lines.slice(0, 4), ...lines.slice(middle)])
}
