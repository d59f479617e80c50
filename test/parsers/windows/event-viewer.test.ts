import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fact } from '../../../src/model/event.ts'
import { csvEvents } from '../../../src/parsers/windows-events/csv.ts'
import { choose } from '../../../src/parsers/index.ts'
import { reading } from './reading.ts'

// What the Event Viewer saves, in the languages of Windows: headings, words and times as the console writes them.
const languages: readonly (readonly [name: string, header: string, time: string, level: string, more?: string])[] = [
  ['en-US', 'Level,Date and Time,Source,Event ID,Task Category', '3/13/2021 5:23:22 AM', 'Warning'],
  ['de', 'Ebene,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie', '13.03.2021 05:23:22', 'Warnung'],
  ['fr', 'Niveau,Date et heure,Source,ID de l’événement,Catégorie de la tâche', '13/03/2021 05:23:22', 'Avertissement'],
  ['es', 'Nivel,Fecha y hora,Origen,Id. del evento,Categoría de la tarea', '13/03/2021 5:23:22', 'Advertencia'],
  ['it', 'Livello,Data e ora,Origine,ID evento,Categoria attività', '13/03/2021 05:23:22', 'Avviso'],
  ['pt-BR', 'Nível,Data e Hora,Fonte,Identificação do Evento,Categoria da Tarefa', '13/03/2021 05:23:22', 'Aviso'],
  ['nl', 'Niveau,Datum en tijd,Bron,Gebeurtenis-id,Taakcategorie', '13-3-2021 05:23:22', 'Waarschuwing'],
  ['ja', 'レベル,日付と時刻,ソース,イベント ID,タスクのカテゴリ', '2021/03/13 5:23:22', '警告'],
  ['zh-CN', '级别,日期和时间,来源,事件 ID,任务类别', '2021/3/13 5:23:22', '警告'],
  ['zh-TW', '等級,日期和時間,來源,事件識別碼,工作類別', '2021/3/13 上午 05:23:22', '警告'],
  ['ru', 'Уровень,Дата и время,Источник,Код события,Категория задачи', '13.03.2021 5:23:22', 'Предупреждение'],
  ['ko', '수준,날짜 및 시간,원본,이벤트 ID,작업 범주', '2021-03-13 오전 5:23:22', '경고'],
  [
    'pl',
    'Poziom,Data i godzina,Źródło,Identyfikator zdarzenia,Kategoria zadania',
    '13.03.2021 05:23:22',
    'Ostrzeżenie',
  ],
  ['tr', 'Düzey,Tarih ve Saat,Kaynak,Olay Kimliği,Görev Kategorisi', '13.03.2021 05:23:22', 'Uyarı'],
]

const rowOf = (time: string, level: string, source: string, id: number, message: string): string =>
  `${level},${time},${source},${id},None,"${message.replaceAll('"', '""')}"\r\n`
const csv = (header: string, ...rows: string[]): Buffer => Buffer.from(`\ufeff${header}\r\n${rows.join('')}`)

for (const [name, header, time, level] of languages)
  test(`${name}: columns, level and time`, async () => {
    const bytes = csv(header, rowOf(time, level, 'MSExchange Management', 8, 'x'))
    const { parser, events, gaps } = await reading(bytes, { path: 'Anwendung.csv' })
    assert.equal(parser, 'csv-events')
    assert.deepEqual(gaps, [])
    const [event] = events
    assert.deepEqual(
      [event!.fields.Provider_Name, event!.fields.EventID, event!.fields.Level, event!.fields.Message],
      ['MSExchange Management', 8, 3, 'x'],
    )
    assert.equal(event!.time, Date.parse('2021-03-13T05:23:22Z'))
    assert.equal(event!.timeBasis, 'assumed')
    const head = { path: 'a.csv', windowsPath: null, size: bytes.length, bytes, text: bytes.toString('utf8').slice(1) }
    assert.equal(choose(head).name, 'csv-events')
  })

test('a language that is not known is told by the row below the heading', async () => {
  const greek = 'Επίπεδο,Ημερομηνία και ώρα,Προέλευση,Αναγνωριστικό συμβάντος,Κατηγορία εργασίας'
  const { sure, events, gaps } = await reading(
    csv(greek, rowOf('13/3/2021 5:23:22', 'Προειδοποίηση', 'Service Control Manager', 7045, 'x\r\ny')),
  )
  assert.ok(sure > 90)
  assert.deepEqual(gaps, [])
  assert.deepEqual([events[0]!.fields.EventID, events[0]!.fields.Message], [7045, 'x\ny'])
  // Any other table of five columns is none.
  const other = Buffer.from('name,date,host,count,note\r\na,13/3/2021 5:23:22,b,7,c\r\n')
  assert.equal((await reading(other)).sure, 0)
})

// Languages that are not in the table: digits, calendars and halves of the day as Windows writes them there.
for (const [name, header, time, level, expected] of [
  ['th', 'ระดับ,วันที่และเวลา,แหล่งที่มา,ID เหตุการณ์,ประเภทงาน', '13/3/2564 5:23:22', 'คำเตือน', '2021-03-13T05:23:22Z'],
  [
    'th, own digits',
    'ระดับ,วันที่และเวลา,แหล่งที่มา,ID เหตุการณ์,ประเภทงาน',
    '๑๓/๓/๒๕๖๔ ๕:๒๓:๒๒',
    'คำเตือน',
    '2021-03-13T05:23:22Z',
  ],
  [
    'ar',
    'المستوى,التاريخ والوقت,المصدر,معرّف الحدث,فئة المهمة',
    '13/03/2021 05:23:22 م',
    'تحذير',
    '2021-03-13T17:23:22Z',
  ],
  [
    'ar, own digits and marks',
    'المستوى,التاريخ والوقت,المصدر,معرّف الحدث,فئة المهمة',
    '\u200f١٣/\u200f٠٣/\u200f٢٠٢١ ٠٥:٢٣:٢٢ ص',
    'تحذير',
    '2021-03-13T05:23:22Z',
  ],
  [
    'ar, Hijri',
    'المستوى,التاريخ والوقت,المصدر,معرّف الحدث,فئة المهمة',
    '29/07/1442 05:23:22 ص',
    'تحذير',
    '2021-03-13T05:23:22Z',
  ],
  [
    'ar, Hijri, short',
    'المستوى,التاريخ والوقت,المصدر,معرّف الحدث,فئة المهمة',
    '29/07/42 05:23:22 ص',
    'تحذير',
    '2021-03-13T05:23:22Z',
  ],
  // No month of that year has a thirtieth day there.
  [
    'ar, no day of the Hijra',
    'المستوى,التاريخ والوقت,المصدر,معرّف الحدث,فئة المهمة',
    '30/07/1442 05:23:22 ص',
    'تحذير',
    null,
  ],
  ['fa', 'سطح,تاریخ و زمان,منبع,شناسه رویداد,دسته کار', '۱۳۹۹/۱۲/۲۳ ۰۵:۲۳:۲۲ ب.ظ', 'هشدار', '2021-03-13T17:23:22Z'],
  [
    'fa, a leap day',
    'سطح,تاریخ و زمان,منبع,شناسه رویداد,دسته کار',
    '1403/12/30 05:23:22 ق.ظ',
    'هشدار',
    '2025-03-20T05:23:22Z',
  ],
  ['fa, no leap year', 'سطح,تاریخ و زمان,منبع,شناسه رویداد,دسته کار', '1402/12/30 05:23:22 ق.ظ', 'هشدار', null],
  ['he', 'רמה,תאריך ושעה,מקור,מזהה אירוע,קטגוריית משימה', '\u200e13/03/2021 05:23:22', 'אזהרה', '2021-03-13T05:23:22Z'],
  [
    'vi',
    'Mức,Ngày và Giờ,Nguồn,ID Sự kiện,Danh mục Tác vụ',
    '13/03/2021 5:23:22 CH',
    'Cảnh báo',
    '2021-03-13T17:23:22Z',
  ],
  [
    'el',
    'Επίπεδο,Ημερομηνία και ώρα,Προέλευση,Αναγνωριστικό συμβάντος,Κατηγορία εργασίας',
    '13/3/2021 5:23:22 μμ',
    'Προειδοποίηση',
    '2021-03-13T17:23:22Z',
  ],
  [
    'bg',
    'Ниво,Дата и час,Източник,ИД на събитие,Категория задача',
    '13.3.2021 г. 5:23:22',
    'Предупреждение',
    '2021-03-13T05:23:22Z',
  ],
  [
    'hr',
    'Razina,Datum i vrijeme,Izvor,ID događaja,Kategorija zadatka',
    '13.3.2021. 5:23:22',
    'Upozorenje',
    '2021-03-13T05:23:22Z',
  ],
  [
    'sl',
    'Raven,Datum in ura,Vir,ID dogodka,Kategorija opravila',
    '13. 03. 2021 05:23:22',
    'Opozorilo',
    '2021-03-13T05:23:22Z',
  ],
  [
    'lv',
    'Līmenis,Datums un laiks,Avots,Notikuma ID,Uzdevuma kategorija',
    '13.03.2021 05:23:22',
    'Brīdinājums',
    '2021-03-13T05:23:22Z',
  ],
  [
    'lt',
    'Lygis,Data ir laikas,Šaltinis,Įvykio ID,Užduoties kategorija',
    '2021-03-13 05:23:22',
    'Įspėjimas',
    '2021-03-13T05:23:22Z',
  ],
  ['hi', 'स्तर,दिनांक और समय,स्रोत,ईवेंट ID,कार्य श्रेणी', '13-03-2021 05:23:22', 'चेतावनी', '2021-03-13T05:23:22Z'],
  [
    'id',
    'Tingkat,Tanggal dan Waktu,Sumber,ID Kejadian,Kategori Tugas',
    '13/03/2021 05.23.22',
    'Peringatan',
    '2021-03-13T05:23:22Z',
  ],
] as const)
  test(`${name}: by the shape of the row below the heading`, async () => {
    const bytes = csv(header, rowOf(time, level, 'MSExchange Management', 8, 'x'))
    const { parser, events, gaps } = await reading(bytes, { path: 'a.csv' })
    assert.equal(parser, 'csv-events')
    assert.deepEqual(gaps, [])
    const [event] = events
    assert.deepEqual(
      [event!.fields.Provider_Name, event!.fields.EventID, event!.fields.Message],
      ['MSExchange Management', 8, 'x'],
    )
    assert.equal(event!.time, expected === null ? null : Date.parse(expected))
  })

test('words for audits', async () => {
  const header = 'Schlüsselwörter,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie'
  const { events } = await reading(
    csv(
      header,
      rowOf('13.03.2021 05:23:22', 'Überwachung gescheitert', 'Microsoft-Windows-Security-Auditing', 4625, 'x'),
    ),
  )
  assert.equal(events[0]!.fields.Keywords, '0x8010000000000000')
  assert.equal(events[0]!.log, 'windows-security')
})

const [, de] = languages[1]!
const sysmon = (utc: string): string => `Process Create:\nRuleName: -\nUtcTime: ${utc}.370\nImage: C:\\x.exe`

test('entries with their own time in UTC tell the zone of the others', async () => {
  const facts: Fact[] = []
  const bytes = csv(
    de,
    rowOf('13.03.2021 05:30:00', 'Informationen', 'Service Control Manager', 7036, 'x'),
    rowOf('13.03.2021 05:23:22', 'Informationen', 'Microsoft-Windows-Sysmon', 1, sysmon('2021-03-13 04:23:22')),
    rowOf('03.03.2021 05:20:00', 'Informationen', 'Service Control Manager', 7036, 'x'),
  )
  const text = bytes.toString('utf8')
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const times: [string, string][] = []
  await csvEvents.read(
    { path: 'a.csv', windowsPath: null, size: bytes.length, bytes, text, modified: null, chunks },
    {
      event: ({ time, timeBasis }) => void times.push([new Date(time!).toISOString(), timeBasis]),
      gap: () => assert.fail(),
      fact: (fact) => void facts.push(fact),
    },
  )
  assert.deepEqual(times, [
    ['2021-03-13T04:30:00.000Z', 'zone'],
    ['2021-03-13T04:23:22.000Z', 'zone'],
    ['2021-03-03T04:20:00.000Z', 'zone'],
  ])
  assert.match(facts.flatMap((fact) => (fact.fact === 'note' ? fact.note : [])).join(), /show UTC\+01:00$/)
})

test('between two zones nothing is said, and a text that an attacker wrote measures nothing', async () => {
  const { events } = await reading(
    csv(
      de,
      rowOf('29.03.2021 05:23:22', 'Informationen', 'Microsoft-Windows-Sysmon', 1, sysmon('2021-03-29 03:23:22')),
      rowOf('28.03.2021 02:00:00', 'Informationen', 'Service Control Manager', 7036, 'x'),
      rowOf('13.03.2021 05:23:22', 'Informationen', 'Microsoft-Windows-Sysmon', 1, sysmon('2021-03-13 04:23:22')),
    ),
  )
  assert.deepEqual(
    events.map(({ timeBasis }) => timeBasis),
    ['zone', 'assumed', 'zone'],
  )
  const lies = await reading(
    csv(de, rowOf('13.03.2021 05:23:22', 'Informationen', 'Application Error', 1000, sysmon('2021-03-13 01:23:22'))),
  )
  assert.equal(lies.events[0]!.timeBasis, 'assumed')
})

test('day and month by the other rows of the table', async () => {
  const { events } = await reading(
    csv(
      languages[2]![1],
      rowOf('13/03/2021 05:23:22', 'Information', 'x', 1, 'x'),
      rowOf('04/03/2021 05:23:22', 'Information', 'x', 1, 'x'),
    ),
  )
  assert.equal(events[1]!.time, Date.parse('2021-03-04T05:23:22Z'))
})

test('processes, services and detections in the language of the server', async () => {
  const process = (heads: readonly string[], ...values: string[]): string =>
    [heads[0], '', `${heads[1]}:`, ...values.slice(0, 4).map((v) => `\tx:\t\t${v}`), '', `${heads[2]}:`]
      .concat(values.slice(4).map((v) => `\tx:\t${v}`))
      .concat(['', 'Der Typ …'])
      .join('\n')
  const heads = ['Ein neuer Prozess wurde erstellt.', 'Erstellersubjekt', 'Prozessinformationen']
  const of = async (source: string, id: number, message: string): Promise<Record<string, unknown>> =>
    (await reading(csv(de, rowOf('13.03.2021 05:23:22', 'Informationen', source, id, message)))).events[0]!.fields
  const subject = ['S-1-5-18', 'MAIL01$', 'CONTOSO', '0x3e7']
  const path = 'C:\\Windows\\System32\\cmd.exe'
  const parent = 'C:\\Windows\\System32\\inetsrv\\w3wp.exe'
  const security = 'Microsoft-Windows-Security-Auditing'
  const label = 'Mandatory Label\\System Mandatory Level S-1-16-16384'
  const now = await of(
    security,
    4688,
    process(heads, ...subject, '0x1a4', path, '%%1936', label, '0x10', parent, 'cmd /c whoami'),
  )
  assert.deepEqual(
    [now.NewProcessName, now.ParentProcessName, now.CommandLine, now.SubjectUserName, now.Image],
    [path, parent, 'cmd /c whoami', 'MAIL01$', path],
  )
  const old = await of(security, 4688, process(heads, ...subject, '0x1a4', path, '%%1936', '0x10', 'cmd /c whoami'))
  assert.deepEqual([old.NewProcessName, old.ParentProcessName, old.CommandLine], [path, undefined, 'cmd /c whoami'])
  const service = await of(
    'Service Control Manager',
    7045,
    `Im System wurde ein Dienst installiert.\n\nDienstname:  x\nDienstdateiname:  ${path}\nDiensttyp:  Benutzermodusdienst\nDienststarttyp:  Automatisch\nDienstkonto:  LocalSystem`,
  )
  assert.deepEqual([service.ServiceName, service.ImagePath, service.AccountName], ['x', path, 'LocalSystem'])
  const found = await of(
    'Microsoft-Windows-Windows Defender',
    1116,
    'Schadsoftware erkannt.\n \tName: Backdoor:ASP/Chopper.F!dha\n \tID: 1\n \tPfad: file:_C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx',
  )
  assert.deepEqual(
    [found['Threat Name'], found.Path],
    ['Backdoor:ASP/Chopper.F!dha', 'file:_C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx'],
  )
})
