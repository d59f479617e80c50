import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLibraryOfWindows } from '../../src/model/windows-services.ts'

test('a service of Windows has its own library, in the folder of Windows', () => {
  const own: readonly (readonly [string, string])[] = [
    ['Schedule', '%SystemRoot%\\System32\\schedsvc.dll'],
    ['BITS', 'C:\\Windows\\System32\\qmgr.dll'],
    ['Winmgmt', '%SystemRoot%\\system32\\wbem\\WMIsvc.dll'],
    ['W3SVC', 'D:\\Windows\\system32\\inetsrv\\iisw3adm.dll'],
    ['RpcSs', 'rpcss.dll'],
  ]
  for (const [service, library] of own) assert.equal(isLibraryOfWindows(service, library), true, library)
  const other: readonly (readonly [string, string])[] = [
    ['Schedule', '%SystemRoot%\\System32\\schedsvx.dll'],
    ['schedule', 'C:\\ProgramData\\schedsvc.dll'],
    ['BITS', 'C:\\Windows\\Temp\\qmgr.dll'],
    ['Winmgmt', 'C:/Windows/System32/wbem/other.dll'],
  ]
  for (const [service, library] of other) assert.equal(isLibraryOfWindows(service, library), false, library)
})

test('of other services nothing is said', () => {
  for (const service of ['ContosoAgent', 'TermService', '']) assert.equal(isLibraryOfWindows(service, 'x.dll'), null)
})
