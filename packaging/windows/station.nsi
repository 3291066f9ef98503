; The Windows set-up program. See README.md for its switches and exit codes.
!include "${HERE}/shared.nsh"

!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define LEAST_BUILD 17763 ; Windows 10 1809

Name "${APP} ${VERSION}"
InstallDir "$PROGRAMFILES64\${APP}"
InstallDirRegKey HKLM "Software\${APP}" "InstallDir"

!define MUI_FINISHPAGE_RUN "$INSTDIR\stationw.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "run"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro Languages
!insertmacro Details "${APP} set-up"

Var Autostart
Var Old ; the folder of the installation that is there, or empty

Function .onInit
  SetRegView 64
  SetShellVarContext all
  ReadRegStr $0 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion" "CurrentBuildNumber"
  ${If} $0 < ${LEAST_BUILD}
    !insertmacro Refuse ${CODE_OLD_WINDOWS} "$(TooOld)"
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/AUTOSTART" $1
  ${If} ${Errors}
    StrCpy $Autostart 0
  ${Else}
    StrCpy $Autostart 1
  ${EndIf}
  ReadRegStr $Old HKLM "Software\${APP}" "InstallDir"
  ${If} $Old != ""
    ReadRegStr $1 HKLM "${UNINSTALL}" "DisplayVersion"
    ${VersionCompare} "$1" "${VERSION}" $2
    ${If} $2 == 1
      !insertmacro Refuse ${CODE_NEWER_HERE} "$(NewerHere)"
    ${EndIf}
  ${EndIf}
  ${IfNot} ${Silent}
    !insertmacro MUI_LANGDLL_DISPLAY
  ${EndIf}
FunctionEnd

; A folder of others is neither filled nor, later, deleted.
!macro RefuseForeignFolder
  ${If} $INSTDIR != $Old
    ${DirState} "$INSTDIR" $1
    ${If} $1 == 1
      !insertmacro Refuse ${CODE_FOREIGN_FOLDER} "$(Foreign)"
    ${EndIf}
  ${EndIf}
!macroend

Section "${APP}"
  ; 1. whatever would stop us half-way, before anything is touched
  !insertmacro RefuseForeignFolder
  !insertmacro RefuseWhileRunning "$Old"
  !insertmacro RefuseWithoutRoom
  ${If} $Old == $INSTDIR
  ${AndIfNot} ${FileExists} "$INSTDIR\*.*"
    Rename "$INSTDIR.old" "$INSTDIR" ; the power went between the two steps of 3
  ${EndIf}

  ; 2. the new program beside the old one: until all of it is there, the old one stands
  StrCpy $4 "$INSTDIR.new"
  RMDir /r "$4"
  ClearErrors
  !include "${FILES}" ; SetOutPath and File for each, by order.py
  WriteUninstaller "$4\uninstall.exe"
  ${If} ${Errors}
    SetOutPath "$TEMP"
    RMDir /r "$4"
    !insertmacro Refuse ${CODE_NOT_WRITTEN} "$(NotWritten)"
  ${EndIf}

  ; 3. one for the other
  SetOutPath "$TEMP"
  RMDir "$INSTDIR" ; an empty one is in the way
  ${If} $Old == $INSTDIR
    RMDir /r "$INSTDIR.old"
    ClearErrors
    Rename "$INSTDIR" "$INSTDIR.old"
    ${If} ${Errors}
    ${AndIf} ${FileExists} "$INSTDIR\*.*"
      RMDir /r "$4"
      !insertmacro Refuse ${CODE_RUNNING} "$(Running)"
    ${EndIf}
  ${EndIf}
  ClearErrors
  Rename "$4" "$INSTDIR"
  ${If} ${Errors}
    Rename "$INSTDIR.old" "$INSTDIR"
    RMDir /r "$4"
    !insertmacro Refuse ${CODE_NOT_WRITTEN} "$(NotWritten)"
  ${EndIf}
  StrCpy $5 "$INSTDIR.old"
  ${If} $Old != $INSTDIR
    StrCpy $5 $Old
  ${EndIf}
  ${If} $5 != ""
  ${AndIf} ${FileExists} "$5\addons\*.*" ; they stay
    ClearErrors
    Rename "$5\addons" "$INSTDIR\addons"
    ${If} ${Errors} ; it is another disk
      CopyFiles /SILENT "$5\addons" "$INSTDIR"
    ${EndIf}
  ${EndIf}
  RMDir /r "$INSTDIR.old"
  ${If} $Old != ""
  ${AndIf} $Old != $INSTDIR ; it moves to another folder
    ExecWait '"$Old\uninstall.exe" /S /MOVED _?=$Old'
    Delete "$Old\uninstall.exe"
    RMDir "$Old" ; files of somebody else stay
  ${EndIf}

  ; 4. data of all users, which nothing here ever deletes
  CreateDirectory "$APPDATA\${APP}\data"
  nsExec::Exec 'icacls "$APPDATA\${APP}" /grant *S-1-5-32-545:(OI)(CI)M'
  Pop $1

  ; 5. how it is found, started and removed
  CreateShortcut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\stationw.exe" "run" "$INSTDIR\stationw.exe"
  ${If} $Autostart == 1
    WriteRegStr HKLM "${RUN}" "${APP}" '"$INSTDIR\stationw.exe" run'
  ${Else}
    ReadRegStr $1 HKLM "${RUN}" "${APP}"
    ${If} $1 != "" ; kept, and it follows the program
      WriteRegStr HKLM "${RUN}" "${APP}" '"$INSTDIR\stationw.exe" run'
    ${EndIf}
  ${EndIf}
  WriteRegStr HKLM "Software\${APP}" "InstallDir" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayName" "${APP}"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayIcon" "$INSTDIR\stationw.exe"
  WriteRegStr HKLM "${UNINSTALL}" "Publisher" "Station developers"
  WriteRegStr HKLM "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKLM "${UNINSTALL}" "NoRepair" 1
  IntOp $1 ${SIZE_MB} * 1024
  WriteRegDWORD HKLM "${UNINSTALL}" "EstimatedSize" $1
SectionEnd

Function un.onInit
  SetRegView 64
  SetShellVarContext all
  !insertmacro RefuseWhileRunning "$INSTDIR"
FunctionEnd

Section "Uninstall"
  ; what set-up brought, and no other file that somebody put there
  RMDir /r "$INSTDIR\runtime"
  RMDir /r "$INSTDIR\packages"
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\licences"
  RMDir /r "$INSTDIR\addons"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\station.exe"
  Delete "$INSTDIR\stationw.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/MOVED" $1
  ${If} ${Errors}
    Delete "$SMPROGRAMS\${APP}.lnk"
    DeleteRegValue HKLM "${RUN}" "${APP}"
    DeleteRegKey HKLM "${UNINSTALL}"
    DeleteRegKey HKLM "Software\${APP}"
  ${EndIf}
  ; settings, records and pictures in ProgramData\Station stay: they prove what was delivered
SectionEnd
