import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../../src/model/event.ts'
import { reading } from './reading.ts'

// Texts of events as Windows renders them in other languages: the labels are translated, lines and sections are not.

const SECURITY = 'Microsoft-Windows-Security-Auditing'
const DESKTOP = 'Microsoft-Windows-TerminalServices'
const COLUMNS = ['Message', 'Id', 'Level', 'RecordId', 'ProviderName', 'LogName', 'MachineName', 'TimeCreated']

type Row = { id: number; provider?: string; log?: string; message: string; time?: string }

function csvOf(rows: readonly Row[], columns = COLUMNS, delimiter = ';'): string {
  const lines = rows.map(({ id, provider = SECURITY, log = 'Security', message, time = '23.03.2021 05:12:34' }, i) => {
    const values: Record<string, string> = {
      Message: message,
      Id: String(id),
      Level: '0',
      LevelDisplayName: 'Informationen',
      RecordId: String(4000 + i),
      ProviderName: provider,
      LogName: log,
      MachineName: 'MAIL01.contoso.example',
      TimeCreated: time,
    }
    return columns.map((name) => `"${values[name]!.replaceAll('"', '""')}"`).join(delimiter)
  })
  return `${columns.map((name) => `"${name}"`).join(delimiter)}\r\n${lines.join('\r\n')}\r\n`
}

async function eventsOf(text: string | Uint8Array, path = 'Security.csv'): Promise<Event[]> {
  const { events, gaps } = await reading(typeof text === 'string' ? Buffer.from(text) : text, { path })
  assert.deepEqual(gaps, [])
  return events
}

async function eventOf(row: Row): Promise<Event> {
  const [event] = await eventsOf(csvOf([row]))
  return event!
}

function holds(event: Event, fields: Readonly<Record<string, string>>): void {
  const own = Object.fromEntries(Object.keys(fields).map((name) => [name, event.fields[name]]))
  assert.deepEqual(own, fields)
}

const SUBJECT_DE = `Antragsteller:
	Sicherheits-ID:		S-1-5-18
	Kontoname:		MAIL01$
	Kontodomäne:		CONTOSO
	Anmelde-ID:		0x3E7`

const refused: Readonly<Record<string, string>> = {
  German: `Fehler beim Anmelden eines Kontos.

${SUBJECT_DE}

Anmeldetyp:			3

Konto, für das die Anmeldung fehlgeschlagen ist:
	Sicherheits-ID:		S-1-0-0
	Kontoname:		m.osei
	Kontodomäne:		CONTOSO

Fehlerinformationen:
	Fehlerursache:		Unbekannter Benutzername oder ungültiges Kennwort.
	Status:			0xC000006D
	Unterstatus::		0xC000006A

Prozessinformationen:
	Aufrufprozess-ID:	0x1a2c
	Aufrufprozessname:	C:\\Windows\\System32\\inetsrv\\w3wp.exe

Netzwerkinformationen:
	Arbeitsstationsname:	MAIL01
	Quellnetzwerkadresse:	203.0.113.7
	Quellport:		53176

Detaillierte Authentifizierungsinformationen:
	Anmeldeprozess:		Advapi
	Authentifizierungspaket:	Negotiate
	Durchlaufene Dienste:	-
	Paketname (nur NTLM):	-
	Schlüssellänge:		0

Dieses Ereignis wird beim Fehlschlagen einer Anmeldeanforderung generiert.`,
  French: `Échec d’ouverture de session d’un compte.

Sujet :
	ID de sécurité :		S-1-5-18
	Nom du compte :		MAIL01$
	Domaine du compte :		CONTOSO
	ID d’ouverture de session :		0x3E7

Type d’ouverture de session :			3

Compte pour lequel l’ouverture de session a échoué :
	ID de sécurité :		S-1-0-0
	Nom du compte :		m.osei
	Domaine du compte :		CONTOSO

Informations sur l’échec :
	Raison de l’échec :		Nom d’utilisateur inconnu ou mot de passe incorrect.
	État :			0xC000006D
	Sous-état :		0xC000006A

Informations sur le processus :
	ID du processus de l’appelant :	0x1a2c
	Nom du processus de l’appelant :	C:\\Windows\\System32\\inetsrv\\w3wp.exe

Informations sur le réseau :
	Nom de la station de travail :	MAIL01
	Adresse du réseau source :	203.0.113.7
	Port source :		53176

Informations détaillées sur l’authentification :
	Processus d’ouverture de session :		Advapi
	Package d’authentification :	Negotiate
	Services en transit :	-
	Nom du package (NTLM uniquement) :	-
	Longueur de la clé :		0`,
  Japanese: `アカウントがログオンに失敗しました。

サブジェクト:
	セキュリティ ID:		S-1-5-18
	アカウント名:		MAIL01$
	アカウント ドメイン:		CONTOSO
	ログオン ID:		0x3E7

ログオン タイプ:			3

ログオンを失敗したアカウント:
	セキュリティ ID:		S-1-0-0
	アカウント名:		m.osei
	アカウント ドメイン:		CONTOSO

エラー情報:
	失敗の原因:		ユーザー名を認識できないか、またはパスワードが間違っています。
	状態:			0xC000006D
	サブ ステータス:		0xC000006A

プロセス情報:
	呼び出し側プロセス ID:	0x1a2c
	呼び出し側プロセス名:	C:\\Windows\\System32\\inetsrv\\w3wp.exe

ネットワーク情報:
	ワークステーション名:	MAIL01
	ソース ネットワーク アドレス:	203.0.113.7
	ソース ポート:		53176

詳細な認証情報:
	ログオン プロセス:		Advapi
	認証パッケージ:	Negotiate
	移行されたサービス:	-
	パッケージ名 (NTLM のみ):	-
	キーの長さ:		0`,
}

for (const [language, message] of Object.entries(refused))
  test(`a refused logon in ${language}`, async () => {
    const event = await eventOf({ id: 4625, message })
    assert.equal(event.client, '203.0.113.7')
    assert.equal(event.user, 'CONTOSO\\m.osei')
    holds(event, {
      SubjectUserName: 'MAIL01$',
      LogonType: '3',
      Status: '0xC000006D',
      SubStatus: '0xC000006A',
      WorkstationName: 'MAIL01',
      ProcessName: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe',
      AuthenticationPackageName: 'Negotiate',
    })
  })

const accountOf = (heading: string): string => `${heading}:
	Sicherheits-ID:		S-1-5-21-1-2-3-1009
	Kontoname:		helper
	Kontodomäne:		MAIL01`

const NETWORK_DE = `Netzwerkinformationen:
	Arbeitsstationsname:	KALI
	Quellnetzwerkadresse:	203.0.113.7
	Quellport:		0

Detaillierte Authentifizierungsinformationen:
	Anmeldeprozess:		NtLmSsp
	Authentifizierungspaket:	NTLM
	Durchlaufene Dienste:	-
	Paketname (nur NTLM):	NTLM V2
	Schlüssellänge:		128`

test('a logon, in the three forms that versions of Windows write', async () => {
  const account = `Neue Anmeldung:
	Sicherheits-ID:		S-1-5-21-1-2-3-1104
	Kontoname:		m.osei
	Kontodomäne:		CONTOSO
	Anmelde-ID:		0x8DCDC4`
  const guid = '\tAnmelde-GUID:		{00000000-0000-0000-0000-000000000000}'
  const process = 'Prozessinformationen:\n\tProzess-ID:		0x0\n\tProzessname:		-'
  const tail = `${process}\n\n${NETWORK_DE}`
  const linked = '\tVerknüpfte Anmelde-ID:		0x0\n\tNetzwerk-Kontoname:	-\n\tNetzwerk-Kontodomäne:	-\n'
  const old = `Ein Konto wurde erfolgreich angemeldet.\n\n${SUBJECT_DE}\n\nAnmeldetyp:			3\n`
  const messages = [
    `${old}\n${account}\n${guid}\n\n${tail}`,
    `${old}\nIdentitätswechselebene:		Identitätswechsel\n\n${account}\n${guid}\n\n${tail}`,
    `Ein Konto wurde erfolgreich angemeldet.\n\n${SUBJECT_DE}\n\nAnmeldeinformationen:\n\tAnmeldetyp:		3\n\tEingeschränkter Administratormodus:	-\n\tVirtuelles Konto:		Nein\n\tToken mit erhöhten Rechten:		Ja\n\nIdentitätswechselebene:		Identitätswechsel\n\n${account}\n${linked}${guid}\n\n${tail}`,
  ]
  for (const message of messages) {
    const event = await eventOf({ id: 4624, message })
    assert.equal(event.client, '203.0.113.7')
    assert.equal(event.user, 'CONTOSO\\m.osei')
    holds(event, { LogonType: '3', WorkstationName: 'KALI', TargetLogonId: '0x8DCDC4', LmPackageName: 'NTLM V2' })
  }
})

test('accounts, members of groups and locks', async () => {
  const made = await eventOf({
    id: 4720,
    message: `Ein Benutzerkonto wurde erstellt.\n\n${SUBJECT_DE}\n\n${accountOf('Neues Konto')}\n\nAttribute:\n\tSAM-Kontoname:	helper`,
  })
  assert.equal(made.target, 'MAIL01\\helper')
  holds(made, { TargetSid: 'S-1-5-21-1-2-3-1009', SubjectUserSid: 'S-1-5-18' })
  const enabled = await eventOf({
    id: 4722,
    message: `Ein Benutzerkonto wurde aktiviert.\n\n${SUBJECT_DE}\n\n${accountOf('Zielkonto')}`,
  })
  assert.equal(enabled.target, 'MAIL01\\helper')
  const added = await eventOf({
    id: 4732,
    message: `Ein Mitglied wurde einer sicherheitsaktivierten lokalen Gruppe hinzugefügt.

${SUBJECT_DE}

Mitglied:
	Sicherheits-ID:		S-1-5-21-1-2-3-1009
	Kontoname:		-

Gruppe:
	Sicherheits-ID:		S-1-5-32-544
	Gruppenname:		Administratoren
	Gruppendomäne:		Builtin

Weitere Informationen:
	Berechtigungen:		-`,
  })
  holds(added, { MemberSid: 'S-1-5-21-1-2-3-1009', TargetSid: 'S-1-5-32-544', TargetUserName: 'Administratoren' })
  const locked = await eventOf({
    id: 4740,
    message: `Ein Benutzerkonto wurde gesperrt.\n\n${SUBJECT_DE}\n\nGesperrtes Konto:\n\tSicherheits-ID:		S-1-5-21-1-2-3-1104\n\tKontoname:		m.osei\n\nWeitere Informationen:\n\tAufrufcomputername:	MAIL01`,
  })
  holds(locked, { TargetUserName: 'm.osei', TargetDomainName: 'MAIL01' })
})

test('a logon with the password of another', async () => {
  const event = await eventOf({
    id: 4648,
    message: `Anmeldeversuch mit expliziten Anmeldeinformationen.

${SUBJECT_DE}
	Anmelde-GUID:		{00000000-0000-0000-0000-000000000000}

Konto, dessen Anmeldeinformationen verwendet wurden:
	Kontoname:		admin
	Kontodomäne:		CONTOSO
	Anmelde-GUID:		{00000000-0000-0000-0000-000000000000}

Zielserver:
	Zielservername:	DC01
	Weitere Informationen:	DC01

Prozessinformationen:
	Prozess-ID:		0x1a2c
	Prozessname:		C:\\Windows\\System32\\inetsrv\\w3wp.exe

Netzwerkinformationen:
	Netzwerkadresse:	-
	Port:			-`,
  })
  holds(event, { SubjectUserName: 'MAIL01$', TargetUserName: 'admin', TargetServerName: 'DC01' })
})

test('a task with its definition on many lines, in any language and in English', async () => {
  const task = `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Actions Context="Author">
    <Exec>
      <Command>C:\\Users\\Public\\u.exe</Command>
      <Arguments>-k 1</Arguments>
    </Exec>
  </Actions>
</Task>`
  const english = `A scheduled task was created.

Subject:
	Security ID:		S-1-5-18
	Account Name:		MAIL01$
	Account Domain:		CONTOSO
	Logon ID:		0x3E7

Task Information:
	Task Name: 		\\Updater
	Task Content: 		${task}`
  const german = `Eine geplante Aufgabe wurde erstellt.

${SUBJECT_DE}

Aufgabeninformationen:
	Aufgabenname: 		\\Updater
	Aufgabeninhalt: 		${task}`
  for (const message of [english, german]) {
    const event = await eventOf({ id: 4698, message })
    assert.equal(event.target, '\\Updater')
    holds(event, { SubjectUserName: 'MAIL01$', Command: 'C:\\Users\\Public\\u.exe', Arguments: '-k 1' })
    assert.ok(event.sources.some(({ service }) => service === 'task'))
  }
})

test('sessions of Remote Desktop', async () => {
  const address = 'Quellnetzwerkadresse: 203.0.113.7'
  const session = await eventOf({
    id: 21,
    provider: `${DESKTOP}-LocalSessionManager`,
    log: `${DESKTOP}-LocalSessionManager/Operational`,
    message: `Remotedesktopdienste: Die Sitzungsanmeldung war erfolgreich:\n\nBenutzer: CONTOSO\\m.osei\nSitzungs-ID: 3\n${address}`,
  })
  assert.deepEqual([session.client, session.user], ['203.0.113.7', 'CONTOSO\\m.osei'])
  const authenticated = await eventOf({
    id: 1149,
    provider: `${DESKTOP}-RemoteConnectionManager`,
    log: `${DESKTOP}-RemoteConnectionManager/Operational`,
    message: `Remotedesktopdienste: Die Benutzerauthentifizierung war erfolgreich:\n\nBenutzer: m.osei\nDomäne: \n${address}`,
  })
  assert.deepEqual([authenticated.client, authenticated.user], ['203.0.113.7', 'm.osei'])
})

test('the clock: both times, and the zone of the rows by the time to which it was set', async () => {
  const message = `Die Systemzeit wurde geändert.

Antragsteller:
	Sicherheits-ID:		S-1-5-19
	Kontoname:		LOKALER DIENST
	Kontodomäne:		NT-AUTORITÄT
	Anmelde-ID:		0x3E5

Prozessinformationen:
	Prozess-ID:	0x4ac
	Name:		C:\\Windows\\System32\\svchost.exe

Vorherige Zeit:		\u200e2021\u200e-\u200e03\u200e-\u200e23T04:12:32.000000000Z
Neue Zeit:		\u200e2021\u200e-\u200e03\u200e-\u200e23T04:12:34.000000000Z`
  const cleared = `Das Überwachungsprotokoll wurde gelöscht.\nSubjekt:\n\tSicherheits-ID:	S-1-5-18\n\tKontoname:	m.osei\n\tDomänenname:	CONTOSO\n\tAnmelde-ID:	0x8DCDC4`
  const [set, next] = await eventsOf(
    csvOf([
      { id: 4616, message },
      { id: 1102, provider: 'Microsoft-Windows-Eventlog', message: cleared, time: '23.03.2021 06:00:00' },
    ]),
  )
  assert.match(String(set!.fields.NewTime), /23T04:12:34/)
  assert.deepEqual([set!.timeBasis, set!.time], ['zone', Date.UTC(2021, 2, 23, 4, 12, 34)])
  assert.deepEqual([next!.user, next!.time], ['CONTOSO\\m.osei', Date.UTC(2021, 2, 23, 5)])
})

test('an engine of PowerShell that was started, out of the text alone', async () => {
  const event = await eventOf({
    id: 400,
    provider: 'PowerShell',
    log: 'Windows PowerShell',
    message:
      'Der Modulstatus wurde von None in Available geändert.\n\nDetails: \n\tNewEngineState=Available\n\tHostApplication=powershell.exe -nop -c calc\n\tEngineVersion=4.0',
  })
  holds(event, { HostApplication: 'powershell.exe -nop -c calc', EngineVersion: '4.0' })
})

test('the same rows in other encodings, with commas, and without a provider', async () => {
  const rows = [{ id: 4625, message: refused.German! }]
  const text = csvOf(rows)
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
  const selected = csvOf(rows, ['TimeCreated', 'Id', 'LevelDisplayName', 'Message'], ',')
  for (const bytes of [utf16, Buffer.from(`\ufeff${text}`), Buffer.from(text, 'latin1'), Buffer.from(selected)]) {
    const [event] = await eventsOf(bytes)
    assert.deepEqual([event!.log, event!.client, event!.user], ['windows-security', '203.0.113.7', 'CONTOSO\\m.osei'])
  }
})

test('a text of another shape gives nothing by its places', async () => {
  const event = await eventOf({ id: 4625, message: refused.German!.replace(/\tQuellport:.*\n/, '') })
  assert.equal(event.client, null)
})

test('properties without names get those of their event', async () => {
  const properties = [
    'S-1-5-18',
    'MAIL01$',
    'CONTOSO',
    999,
    '{0}',
    'admin',
    'CONTOSO',
    '{0}',
    'DC01',
    'DC01',
    '0x1',
    'x',
    '-',
    '-',
  ]
  const { events } = await reading(
    Buffer.from(
      JSON.stringify({
        Id: 4648,
        ProviderName: SECURITY,
        LogName: 'Security',
        MachineName: 'MAIL01',
        TimeCreated: '/Date(1616475634000)/',
        Properties: properties.map((Value) => ({ Value })),
        Message: '',
      }),
    ),
  )
  holds(events[0]!, { SubjectUserName: 'MAIL01$', TargetUserName: 'admin', TargetServerName: 'DC01' })
})

const webEvent = (detail: string, state: string): string => `Ereigniscode: 4009
Ereignismeldung: Fehler bei der Viewstate-Überprüfung. Grund: Der Viewstate war ungültig.
Ereigniszeit: 23.03.2021 05:12:34
Ereigniszeit (UTC): 23.03.2021 04:12:34
Ereignis-ID: 0123456789abcdef0123456789abcdef
Ereignissequenz: 12
Ereignisvorkommen: 1
Ereignisdetailcode: ${detail}

Anwendungsinformationen:
    Anwendungsdomäne: /LM/W3SVC/2/ROOT/ecp-1-132591234567890123
    Vertrauensstufe: Full
    Virtueller Anwendungspfad: /ecp
    Anwendungspfad: C:\\Program Files\\Microsoft\\Exchange Server\\V15\\ClientAccess\\ecp\\
    Computername: MAIL01

Prozessinformationen:
    Prozess-ID: 6700
    Prozessname: w3wp.exe
    Kontoname: NT-AUTORITÄT\\SYSTEM

Anforderungsinformationen:
    Anforderungs-URL: https://mail.contoso.example:444/ecp/default.aspx
    Anforderungspfad: /ecp/default.aspx
    Benutzerhostadresse: 203.0.113.7
    Benutzer: CONTOSO\\m.osei

Viewstate-Ausnahmeinformationen:
    PersistedState: ${state}`

test('an event of ASP.NET about a ViewState: its codes, its request, and the object in it', async () => {
  const stream = Buffer.concat([
    Buffer.from([0xff, 1, 0x32, 40, 0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]),
    Buffer.from('Microsoft.VisualStudio.Text.Formatting.TextFormattingRunProperties'),
  ]).toString('base64')
  const ordinary = Buffer.from([0xff, 1, 0x0f, 0x0f, 5, 9, 0x31, 0x32, 0x33, 0x34, 0x35]).toString('base64')
  const of = (state: string): Promise<Event> =>
    eventOf({ id: 1316, provider: 'ASP.NET 4.0.30319.0', log: 'Application', message: webEvent('50204', state) })
  holds(await of(stream), {
    EventDetailCode: '50204',
    RequestPath: '/ecp/default.aspx',
    UserHostAddress: '203.0.113.7',
    WebUser: 'CONTOSO\\m.osei',
    ViewStateObject: 'TextFormattingRunProperties',
  })
  const plain = await of(ordinary)
  assert.equal(plain.fields.ViewStateObject, undefined)
  assert.equal(plain.fields.ViewState, ordinary)
})

test('an event of ASP.NET whose lines a log platform put one after the other', async () => {
  const state = Buffer.concat([Buffer.from([0xff, 1, 0x32, 40, 0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff])]).toString(
    'base64',
  )
  const message = [
    'Event code: 4009 Event message: Viewstate verification failed. Reason: Viewstate was invalid.',
    'Event time: 2/8/2025 5:11:00 AM Event time (UTC): 2/8/2025 4:11:00 AM Event ID: 5b2f Event sequence: 14',
    'Event occurrence: 1 Event detail code: 50204 Application information: Application domain: /LM/W3SVC/1/ROOT/ecp-1',
    'Trust level: Full Application Virtual Path: /ecp Application Path: C:\\ecp\\ Machine name: MAIL01',
    'Process information: Process ID: 5120 Process name: w3wp.exe Account name: NT AUTHORITY\\SYSTEM',
    'Request information: Request URL: https://mail.contoso.example:443/ecp/default.aspx Request path: /ecp/default.aspx',
    'User host address: 203.0.113.7 User: CONTOSO\\m.osei Is authenticated: True Authentication Type: Basic',
    `ViewStateException information: Client IP: 203.0.113.7 Port: 50112 PersistedState: ${state} Custom event details:`,
  ].join(' ')
  holds(await eventOf({ id: 1316, provider: 'ASP.NET 4.0.30319.0', log: 'Application', message }), {
    EventDetailCode: '50204',
    RequestPath: '/ecp/default.aspx',
    UserHostAddress: '203.0.113.7',
    WebUser: 'CONTOSO\\m.osei',
    ViewStateObject: 'object',
  })
})

test('a new process whose text names the program of its creator and no label', async () => {
  const event = await eventOf({
    id: 4688,
    message: [
      'Ein neuer Prozess wurde erstellt.',
      '',
      'Antragsteller:',
      '\tSicherheits-ID:\t\tS-1-5-18',
      '\tKontoname:\t\tMAIL01$',
      '',
      'Prozessinformationen:',
      '\tNeue Prozess-ID:\t\t0x1f60',
      '\tNeuer Prozessname:\tC:\\Windows\\System32\\cmd.exe',
      '\tTokenerh\u00f6hungstyp:\t%%1936',
      '\tErstellerprozess-ID:\t0x1e3c',
      '\tErstellerprozessname:\tC:\\Windows\\System32\\inetsrv\\w3wp.exe',
      '\tProzessbefehlszeile:\tcmd /c whoami',
    ].join('\r\n'),
  })
  assert.equal(event.fields.ParentProcessName, 'C:\\Windows\\System32\\inetsrv\\w3wp.exe')
  assert.equal(event.fields.CommandLine, 'cmd /c whoami')
})
