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
WhenChanged                     : 3/4/2021 12:49:45 AM
WhenCreated                     : 1/31/2021 4:05:19 AM
WhenChangedUTC                  : 3/3/2021 11:49:45 PM
WhenCreatedUTC                  : 1/31/2021 3:05:19 AM
