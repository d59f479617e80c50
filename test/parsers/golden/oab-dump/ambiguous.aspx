Name                            : OAB (Default Web Site)
PollInterval                    : 480
OfflineAddressBooks             : \Default
RequireSSL                      : True
MetabasePath                    : IIS://exch01.contoso.local/W3SVC/1/ROOT/OAB
AdminDisplayVersion             : Version 15.1 (Build 2176.2)
Server                          : EXCH01
InternalUrl                     : https://exch01.contoso.local/OAB
InternalAuthenticationMethods   : OAuth
                                  WindowsIntegrated
ExternalUrl                     : http://f/#a harmless text of a test
WhenChanged                     : 03/04/2021 07:49:45
WhenCreated                     : 01/02/2021 04:05:19
WhenChangedUTC                  : 03/04/2021 06:49:45
WhenCreatedUTC                  : 01/02/2021 03:05:19
