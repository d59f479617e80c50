import { dayOfCalendar } from '../../lib/calendars.ts'
import { isoTime } from '../../lib/time.ts'
import { type DateOrder, cultureTime, ordersOf } from '../common/local-time.ts'

/**
 * The table that the Event Viewer saves (`Save All Events As…`, CSV): its headings are in the language of Windows, the text
 * of the event stands in a last column without a heading, and times are local to the machine on which it was saved.
 */

/** What the Event Viewer calls the columns, by language: level, keywords, time, source, number, category. */
const LANGUAGES: readonly (readonly [
  level: string,
  keywords: string,
  time: string,
  source: string,
  id: string,
  category: string,
])[] = [
  ['Level', 'Keywords', 'Date and Time', 'Source', 'Event ID', 'Task Category'],
  ['Ebene', 'Schlüsselwörter', 'Datum und Uhrzeit', 'Quelle', 'Ereignis-ID', 'Aufgabenkategorie'],
  ['Niveau', 'Mots clés', 'Date et heure', 'Source', 'ID de l’événement', 'Catégorie de la tâche'],
  ['Nivel', 'Palabras clave', 'Fecha y hora', 'Origen', 'Id. del evento', 'Categoría de la tarea'],
  ['Livello', 'Parole chiave', 'Data e ora', 'Origine', 'ID evento', 'Categoria attività'],
  ['Nível', 'Palavras-chave', 'Data e Hora', 'Fonte', 'Identificação do Evento', 'Categoria da Tarefa'],
  ['Nível', 'Palavras-chave', 'Data e Hora', 'Origem', 'ID do Evento', 'Categoria de Tarefa'],
  ['Niveau', 'Trefwoorden', 'Datum en tijd', 'Bron', 'Gebeurtenis-id', 'Taakcategorie'],
  ['Nivå', 'Nyckelord', 'Datum och tid', 'Källa', 'Händelse-ID', 'Aktivitetskategori'],
  ['Niveau', 'Nøgleord', 'Dato og klokkeslæt', 'Kilde', 'Hændelses-id', 'Opgavekategori'],
  ['Nivå', 'Nøkkelord', 'Dato og klokkeslett', 'Kilde', 'Hendelses-ID', 'Oppgavekategori'],
  ['Taso', 'Avainsanat', 'Päivämäärä ja aika', 'Lähde', 'Tapahtumatunnus', 'Tehtäväluokka'],
  ['Poziom', 'Słowa kluczowe', 'Data i godzina', 'Źródło', 'Identyfikator zdarzenia', 'Kategoria zadania'],
  ['Úroveň', 'Klíčová slova', 'Datum a čas', 'Zdroj', 'ID události', 'Kategorie úlohy'],
  ['Szint', 'Kulcsszavak', 'Dátum és idő', 'Forrás', 'Eseményazonosító', 'Feladatkategória'],
  ['Düzey', 'Anahtar Sözcükler', 'Tarih ve Saat', 'Kaynak', 'Olay Kimliği', 'Görev Kategorisi'],
  ['Уровень', 'Ключевые слова', 'Дата и время', 'Источник', 'Код события', 'Категория задачи'],
  ['レベル', 'キーワード', '日付と時刻', 'ソース', 'イベント ID', 'タスクのカテゴリ'],
  ['级别', '关键字', '日期和时间', '来源', '事件 ID', '任务类别'],
  ['等級', '關鍵字', '日期和時間', '來源', '事件識別碼', '工作類別'],
  ['수준', '키워드', '날짜 및 시간', '원본', '이벤트 ID', '작업 범주'],
]

/** Further columns that the view may show, by the name that a record has. */
const FURTHER: Readonly<Record<string, string>> = {
  MachineName:
    'Computer|Ordinateur|Equipo|Computador|Dator|Datamaskin|Tietokone|Komputer|Počítač|Számítógép|Bilgisayar|Компьютер|コンピューター|计算机|電腦|컴퓨터',
  LogName:
    'Log|Protokoll|Journal|Registro|Logboek|Logg|Logfil|Loki|Dziennik|Protokol|Napló|Günlük|Журнал|ログ|日志|記錄|로그',
}

const fold = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[’'\u00a0\s.]/g, '')
const byName: ReadonlyMap<string, string> = new Map([
  ...LANGUAGES.flatMap(([level, keywords, time, source, id, category]): [string, string][] => [
    [fold(level), 'Level'],
    [fold(keywords), 'Keywords'],
    [fold(time), 'TimeCreated'],
    [fold(source), 'ProviderName'],
    [fold(id), 'Id'],
    [fold(category), 'TaskDisplayName'],
  ]),
  ...Object.entries(FURTHER).flatMap(([name, all]) => all.split('|').map((one): [string, string] => [fold(one), name])),
])

/** The columns of a heading of the Event Viewer in one of its languages, by the names that a record has; null if it is none. */
export function viewerColumns(written: readonly string[]): string[] | null {
  const names = written.map((name) => byName.get(fold(name)) ?? '')
  const has = (name: string): boolean => names.filter((one) => one === name).length === 1
  return has('Id') && has('TimeCreated') && has('ProviderName') && (has('Level') || has('Keywords')) ? names : null
}

const USUAL = ['Level', 'TimeCreated', 'ProviderName', 'Id', 'TaskDisplayName']

/** The same for a language that is not known: five headings, and rows of six values as the Event Viewer orders them. */
export function viewerColumnsOf(written: readonly string[], row: readonly string[]): readonly string[] | null {
  if (written.length !== USUAL.length || row.length !== USUAL.length + 1) return null
  if (written.some((name) => name === '' || /\d/.test(name))) return null
  const [level, shown, source, id] = row as [string, string, string, string]
  const time = plainTime(shown)
  const isId = /^\d{1,5}$/.test(id) && Number(id) <= 65_535
  const isTime = time.length < 48 && /\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}\D{1,12}\d{1,2}[:.]\d\d[:.]\d\d/.test(time)
  return isId && isTime && source !== '' && !/^\d/.test(source) && !/\d/.test(level) ? USUAL : null
}

const LEVELS: ReadonlyMap<string, number> = new Map(
  (
    [
      [
        1,
        'Kritisch Critique Crítico Critico Kritiek Kritisk Kriittinen Krytyczny Kritický Kritikus Kritik Критический 重大 严重 关键 嚴重 위험 심각',
      ],
      [2, 'Fehler Erreur Error Errore Erro Fout Fel Fejl Feil Virhe Błąd Chyba Hiba Hata Ошибка エラー 错误 錯誤 오류'],
      [
        3,
        'Warnung Avertissement Advertencia Avviso Aviso Waarschuwing Varning Advarsel Varoitus Ostrzeżenie Upozornění Figyelmeztetés Uyarı Предупреждение 警告 경고',
      ],
      [
        4,
        'Informationen Information Información Informazioni Informações Informatie Gegevens Oplysninger Informasjon Tiedot Informacje Informace Információ Bilgi Сведения 情報 信息 資訊 정보',
      ],
    ] as const
  ).flatMap(([level, words]) => words.split(' ').map((word): [string, number] => [fold(word), level])),
)

/** Level as Windows counts it, out of the word of any of these languages; other text stays. */
export function viewerLevel(text: string): string {
  const level = LEVELS.get(fold(text))
  return level === undefined ? text : String(level)
}

const AUDITS: ReadonlyMap<string, string> = new Map(
  (
    [
      [
        'Audit Success',
        'Überwachung erfolgreich|Succès de l’audit|Auditoría correcta|Controllo riuscito|Sucesso da Auditoria|Controle geslaagd|Sukcesy inspekcji|Аудит успеха|成功の監査|审核成功|稽核成功|감사 성공',
      ],
      [
        'Audit Failure',
        'Überwachung gescheitert|Überwachungsfehler|Échec de l’audit|Error de auditoría|Controllo non riuscito|Falha na Auditoria|Falha de Auditoria|Controle mislukt|Niepowodzenia inspekcji|Аудит отказа|失敗の監査|审核失败|稽核失敗|감사 실패',
      ],
    ] as const
  ).flatMap(([english, all]) => all.split('|').map((one): [string, string] => [fold(one), english])),
)

/** The two words for audits in English, whatever language they are in. */
export function viewerKeywords(text: string): string {
  return AUDITS.get(fold(text)) ?? text
}

// ---------------------------------------------------------------- times

/** Words that a culture writes for the halves of a day, in front of the time or behind it. */
const HALVES: readonly (readonly [RegExp, 'AM' | 'PM'])[] = [
  [/(?:上午|오전|午前|a\.\s?m\.?|\bde\.|ق\.ظ\.?|ص|π\.?μ\.?|\bSA\b)/i, 'AM'],
  [/(?:下午|오후|午後|p\.\s?m\.?|du\.|ب\.ظ\.?|م|μ\.?μ\.?|\bCH\b)/i, 'PM'],
]

/** The zeros of the digits that Windows may write instead of 0 to 9: Arabic, Persian, Devanagari, Bengali, Thai, Lao, Burmese, Khmer. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xed0, 0x1040, 0x17e0]

/** Digits of any of these scripts as 0 to 9. */
function plainDigits(text: string): string {
  return text.replaceAll(/[^\x00-\x7f]/g, (one) => {
    const code = one.charCodeAt(0)
    const zero = ZEROS.find((first) => code >= first && code <= first + 9)
    return zero === undefined ? one : String(code - zero)
  })
}

/** Years of the Buddhist calendar, which Thailand writes: 543 ahead, with the same months and days. */
function commonYear(text: string): string {
  return text.replace(/(?<!\d)2[4-7]\d\d(?!\d)/, (year) => String(Number(year) - 543))
}

/**
 * The date in front of a time, where it is of the calendar of Iran (1399/12/23) or Saudi Arabia (29/07/1442, 29/07/42): year
 * first of the common one. Until 2031 the years of the two differ; of two digits only years that the common calendar has not
 * reached are taken for those of the Hijra.
 */
function commonDate(text: string): string {
  const m = /^(?:(\d{4})([./-])(\d{1,2})\2(\d{1,2})|(\d{1,2})([./-])(\d{1,2})\6(\d{4}|\d\d))(?= )/.exec(text)
  if (!m) return text
  const [year, month, day] = m[1] ? [m[1], m[3]!, m[4]!] : [m[8]!, m[7]!, m[5]!]
  const isShort = year.length === 2
  const number = Number(year) + (isShort ? 1400 : 0)
  if (number < 1369 || number > 1475 || (isShort && (number < 1431 || number > 1452))) return text
  const isPersian = !isShort && (number < 1410 || PERSIAN_HALF.test(text))
  const at = dayOfCalendar(isPersian ? 'persian' : 'islamic-umalqura', number, Number(month), Number(day))
  return at === null
    ? text
    : `${new Date(at).toISOString().slice(0, 10).replaceAll('-', '/')}${text.slice(m[0].length)}`
}

const PERSIAN_HALF = /[قب]\.ظ/

/** Years below are of no time of an event log. */
const EARLIEST = Date.UTC(1990, 0)

/** The text of a time without marks of direction and thin blanks, its half of the day behind it. */
function plainTime(text: string): string {
  if (text.length > 64) return text
  const marked = text.replaceAll(/[\u200e\u200f\u061c]/g, '').replaceAll(/[\u00a0\u202f\u2009]/g, ' ')
  // Bulgarian writes "г." (year) behind the date.
  let plain = commonDate(commonYear(plainDigits(marked)).replace(/ г\./, ''))
  for (const [words, half] of HALVES) if (words.test(plain)) plain = `${plain.replace(words, ' ')} ${half}`
  return plain.replaceAll(/ {1,8}/g, ' ').trim()
}

/** How the times of a table are read: the one order of day and month that all of its rows allow. */
export function orderOfTimes(texts: readonly string[]): DateOrder | null {
  const plain = texts.map(plainTime)
  const orders = ordersOf(plain)
  if (orders.length === 1) return orders[0]!
  // Rows stand in the order of their times, forwards or backwards: read the wrong way they jump.
  const ordered = orders.filter((order) => isMonotone(plain.map((text) => cultureTime(text, order)!)))
  return ordered.length === 1 && new Set(plain.map((text) => text.slice(0, 10))).size > 1 ? ordered[0]! : null
}

/** An entry whose text may hold its own time in UTC: its local time, and what `measuredZone` needs. */
export type DatedEntry = {
  readonly text: string
  readonly provider: string
  readonly id: number
  readonly message: string
}

/** The only order in which entries lie a zone apart from the time in UTC that they state themselves; null where none state one. */
export function orderByUtc(entries: readonly DatedEntry[]): DateOrder | null {
  const stating = entries.filter(({ provider, id, message }) => utcIn(provider, id, message).length > 0).slice(0, 50)
  if (stating.length === 0) return null
  const fits = ordersOf(stating.map(({ text }) => plainTime(text))).filter((order) =>
    stating.every(({ text, provider, id, message }) => {
      const local = timeInOrder(text, order)
      return local !== null && measuredZone(provider, id, message, local) !== null
    }),
  )
  return fits.length === 1 ? fits[0]! : null
}

function isMonotone(times: readonly number[]): boolean {
  const up = times.every((time, i) => i === 0 || time >= times[i - 1]!)
  return up || times.every((time, i) => i === 0 || time <= times[i - 1]!)
}

/** The time of a row, as if it were UTC; null where it is none, or where day and month cannot be told apart. */
export function timeInOrder(text: string, order: DateOrder | null): number | null {
  const plain = plainTime(text)
  const times = order === null ? ordersOf([plain]).map((one) => cultureTime(plain, one)) : [cultureTime(plain, order)]
  const time = isoTime(plain) ?? (new Set(times).size === 1 ? times[0]! : null)
  return time !== null && time >= EARLIEST ? time : null
}

const QUARTER = 15 * 60_000
/** Zones reach from -12 to +14 hours. */
const [LEAST, MOST] = [-12 * 3_600_000, 14 * 3_600_000]

/**
 * How far local time is ahead of UTC, measured by an entry whose text holds its own time in UTC: Sysmon's `UtcTime`, the time
 * that Windows started or stopped at, and that to which its clock was set. Null for all other entries, and where the two do
 * not lie a zone apart.
 */
export function measuredZone(provider: string, id: number, message: string, local: number): number | null {
  const zones = utcIn(provider, id, message).flatMap((utc) => {
    const zone = Math.round((local - utc) / QUARTER) * QUARTER
    // An entry is written a moment after the act that it records.
    const isNear = Math.abs(local - utc - zone) <= 120_000
    return isNear && zone >= LEAST && zone <= MOST ? [zone] : []
  })
  return zones.length > 0 && zones.every((zone) => zone === zones[0]) ? zones[0]! : null
}

/** Times in UTC that may be the entry's own. */
function utcIn(provider: string, id: number, message: string): readonly number[] {
  if (provider === 'Microsoft-Windows-Sysmon') {
    const m = /^UtcTime: (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3})\s*$/m.exec(message.slice(0, 600))
    return [m ? isoTime(m[1]!) : null].filter((time) => time !== null)
  }
  const isStart = provider === 'Microsoft-Windows-Kernel-General' && (id === 12 || id === 13)
  const isSetting = provider === 'Microsoft-Windows-Kernel-General' && id === 1
  const isAudited = provider === 'Microsoft-Windows-Security-Auditing' && id === 4616
  if (!isStart && !isSetting && !isAudited) return []
  const plain = message.slice(0, isAudited ? 2_000 : 300).replaceAll(/[\u200e\u200f]/g, '')
  const times = [...plain.matchAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z/g)].flatMap(
    ([text]) => isoTime(text) ?? [],
  )
  // The former time stands first in the text of the audit; elsewhere the language decides.
  return isAudited ? times.slice(-1) : isStart ? times.slice(0, 1) : times
}
