; Installer for one officer's PC, without administrator rights. Built on Windows with Inno Setup 6:
;   iscc /DVersion=0.1.0 packaging\windows-installer.iss      after  python dev.py build
; The station's data lie in the user's own folder and are never touched by installing or removing the program.

#ifndef Version
  #error Say the version: /DVersion=x.y.z
#endif

[Setup]
AppId={{7C1B8C55-6E2F-4B6D-9E0B-3A9B4E5D2F10}
AppName=Sáng kiến Desktop
AppVersion={#Version}
AppPublisher=Sáng kiến Desktop
DefaultDirName={localappdata}\Programs\SangKien
DefaultGroupName=Sáng kiến
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
SourceDir=..
OutputDir=dist
OutputBaseFilename=SangKien-{#Version}
LicenseFile=LICENSE
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes
RestartApplications=no
UninstallDisplayIcon={app}\sangkien-desktop.exe

[Languages]
Name: "vi"; MessagesFile: "compiler:Languages\Vietnamese.isl"

[Files]
Source: "dist\sangkien\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[InstallDelete]
; Libraries of an older version must not stay beside the new ones.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\Sáng kiến"; Filename: "{app}\sangkien-desktop.exe"
Name: "{autodesktop}\Sáng kiến"; Filename: "{app}\sangkien-desktop.exe"; Tasks: desktopicon

[Tasks]
Name: "desktopicon"; Description: "Đặt biểu tượng ngoài màn hình"

[Run]
Filename: "{app}\sangkien-desktop.exe"; Description: "Mở Sáng kiến"; Flags: nowait postinstall skipifsilent
