"""Disk, clock, database, settings."""

from station.errors import ErrorCode as Code
from tests.faults.row import FaultRow, Words

RECORDS = (
    FaultRow(
        name="disk-full",
        codes=(Code.STORE_DISK_FULL, Code.DISK_TOO_LOW, Code.DISK_DAYS_LEFT),
        seconds=5,
        en=Words(
            "The disk is full",
            "The room is looked at once a second, and every write is checked.",
            "It warns when 3 days are left. Below 1 GB no part is passed. Nothing kept is lost.",
            "Free some space, or set how long pictures are kept.",
        ),
        zh=Words(
            "磁盘已满",
            "每秒检查剩余空间，每次写入都检查。",
            "剩余 3 天时预警。低于 1 GB 时不放行任何工件。已记录的数据不会丢失。",
            "释放空间，或设置图像保存期限。",
        ),
        de=Words(
            "Die Platte ist voll",
            "Der Platz wird jede Sekunde angesehen und jedes Schreiben geprüft.",
            "Bei 3 Tagen Rest wird gewarnt. Unter 1 GB wird kein Teil freigegeben. Nichts "
            "Aufgezeichnetes geht verloren.",
            "Platz schaffen oder einstellen, wie lange Bilder bleiben.",
        ),
    ),
    FaultRow(
        name="slow-disk",
        codes=(Code.DISK_SLOW,),
        seconds=0,
        en=Words(
            "The disk is slow",
            "The time of every durable write is measured.",
            "It warns, and goes on: parts wait for the disk and none is lost.",
            "Have the disk checked, and end other programs that use it.",
        ),
        zh=Words(
            "磁盘很慢",
            "测量每次可靠写入的时间。",
            "发出警告并继续：工件等待磁盘，不会丢失。",
            "检查磁盘，结束其他占用磁盘的程序。",
        ),
        de=Words(
            "Die Platte ist langsam",
            "Die Zeit jedes sicheren Schreibens wird gemessen.",
            "Die Station warnt und arbeitet weiter: Teile warten auf die Platte, keines geht "
            "verloren.",
            "Platte prüfen lassen; andere Programme, die sie benutzen, beenden.",
        ),
    ),
    FaultRow(
        name="clock-jump",
        codes=(Code.CLOCK_JUMPED,),
        seconds=0,
        en=Words(
            "The clock of the PC jumps",
            "The clock is compared with the time that really passed.",
            "It warns, and goes on. The parts keep their order, and no waiting time changes.",
            "Check date and time of the PC.",
        ),
        zh=Words(
            "电脑时钟跳变",
            "将时钟与实际经过的时间比较。",
            "发出警告并继续。工件顺序保持不变，等待时间不受影响。",
            "检查电脑的日期和时间。",
        ),
        de=Words(
            "Die Uhr des PCs springt",
            "Die Uhr wird mit der wirklich vergangenen Zeit verglichen.",
            "Die Station warnt und arbeitet weiter. Die Teile behalten ihre Reihenfolge, und "
            "keine Wartezeit ändert sich.",
            "Datum und Uhrzeit des PCs prüfen.",
        ),
    ),
    FaultRow(
        name="database-locked",
        codes=(Code.STORE_LOCKED,),
        seconds=5,
        en=Words(
            "Another program locks the records",
            "A part cannot be written for 5 s.",
            "Parts are Not inspected and rejected, and wait in order until they can be written.",
            "Close the other program that has the records open.",
        ),
        zh=Words(
            "记录被其他程序锁定",
            "工件 5 秒内无法写入。",
            "工件判为“未检”并剔除，按顺序等待，直到可以写入。",
            "关闭打开记录的其他程序。",
        ),
        de=Words(
            "Ein anderes Programm sperrt die Aufzeichnungen",
            "Ein Teil kann 5 s lang nicht geschrieben werden.",
            "Teile sind „Nicht geprüft“, werden ausgeschleust und warten der Reihe nach, bis sie "
            "geschrieben werden können.",
            "Das andere Programm schließen.",
        ),
    ),
    FaultRow(
        name="database-corrupt",
        codes=(Code.STORE_SET_ASIDE, Code.STORE_REBUILT),
        seconds=5,
        en=Words(
            "The records are damaged",
            "Each start examines them, and so does every read and write.",
            "The damaged file is put aside, never deleted, and a new one is begun. What can be "
            "saved is brought back in the background, also from the pictures.",
            "Confirm the red banner, and have the disk checked.",
        ),
        zh=Words(
            "记录损坏",
            "每次启动以及每次读写都检查。",
            "损坏的文件被移开，绝不删除，并新建记录。能挽救的数据在后台恢复，也从图像中恢复。",
            "确认红色横幅，并检查磁盘。",
        ),
        de=Words(
            "Die Aufzeichnungen sind beschädigt",
            "Jeder Start und jedes Lesen und Schreiben prüft sie.",
            "Die beschädigte Datei wird beiseitegelegt, nie gelöscht, und eine neue begonnen. Was "
            "zu retten ist, kommt im Hintergrund zurück, auch aus den Bildern.",
            "Das rote Banner bestätigen und die Platte prüfen lassen.",
        ),
    ),
    FaultRow(
        name="database-missing",
        codes=(Code.STORE_MISSING, Code.STORE_REBUILT),
        seconds=5,
        en=Words(
            "The records are missing",
            "There are pictures, but no records beside them.",
            "New records are begun and filled again from the pictures. No picture is deleted.",
            "Confirm the red banner; find out who removed the file.",
        ),
        zh=Words(
            "记录丢失",
            "有图像，但旁边没有记录。",
            "新建记录，并从图像中重新填充。不删除任何图像。",
            "确认红色横幅；查明是谁移走了文件。",
        ),
        de=Words(
            "Die Aufzeichnungen fehlen",
            "Es gibt Bilder, aber keine Aufzeichnungen dazu.",
            "Neue werden begonnen und aus den Bildern wieder gefüllt. Kein Bild wird gelöscht.",
            "Das rote Banner bestätigen; klären, wer die Datei entfernt hat.",
        ),
    ),
    FaultRow(
        name="broken-configuration",
        codes=(Code.SETTINGS_RESTORED, Code.SETTINGS_BROKEN),
        seconds=0,
        en=Words(
            "The settings are broken",
            "They are checked at every start; the last three good ones are kept.",
            "The last good settings are used, and it says so. Without any it does not start: it "
            "never goes on with other settings silently.",
            "Check what was changed last, then confirm.",
        ),
        zh=Words(
            "设置损坏",
            "每次启动都检查；保留最近三份完好的设置。",
            "使用最近一份完好的设置并提示。没有时则不启动：绝不悄悄改用其他设置。",
            "检查最近的改动，然后确认。",
        ),
        de=Words(
            "Die Einstellungen sind kaputt",
            "Sie werden bei jedem Start geprüft; die drei letzten guten bleiben aufgehoben.",
            "Die letzten guten gelten, und das wird gesagt. Gibt es keine, startet die Station "
            "nicht: nie arbeitet sie stillschweigend mit anderen.",
            "Prüfen, was zuletzt geändert wurde, dann bestätigen.",
        ),
    ),
)
