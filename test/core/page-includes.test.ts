import assert from 'node:assert/strict'
import { test } from 'node:test'
import { includesOf } from '../../src/scan/page-includes.ts'

const page = 'C:\\inetpub\\wwwroot\\site\\p.aspx'
const folder = 'c:/inetpub/wwwroot/site'

for (const [text, path, isOfSite = false] of [
  ['<!-- #include file="x.txt" -->', `${folder}/x.txt`],
  ['<!--#INCLUDE FILE=x.inc-->', `${folder}/x.inc`],
  ['<!--#include file="..\\..\\..\\Users\\x.txt"-->', 'c:/users/x.txt'],
  ['<!-- # include virtual = "/Site/x.txt"-->', '/site/x.txt', true],
  ['<!--#include virtual="x.txt"-->', `${folder}/x.txt`],
  ['<%@ Page Language="C#" Src="x.txt" Inherits="P" %>', `${folder}/x.txt`],
  ['<%@ Assembly Src=~/code/./x.txt %>', '/code/x.txt', true],
  ['<script language="C#" runat="server" src="x.txt"></script>', `${folder}/x.txt`],
  ['<% Server.Execute("x.png") %>', `${folder}/x.png`],
  ['<% server.transfer "D:\\x.png" %>', 'd:/x.png'],
  ['<% LoadControl(@"x.bin") %>', `${folder}/x.bin`],
] as const)
  test(`a page includes ${path}: ${text}`, () => {
    assert.deepEqual(includesOf(text, page), [{ path, isOfSite }])
  })

for (const text of [
  '<script src="x.js"></script>',
  '<img src="x.png">',
  '<%@ Register Src="~/x.ascx" TagName="x" %>',
  '<!--#include file="x.asp"-->',
  'include file="x.txt"',
])
  test(`a page includes nothing that runs by it alone: ${text}`, () => {
    assert.deepEqual(includesOf(text, page), [])
  })
