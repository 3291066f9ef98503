"""Machine, people, processes, the PC."""

from station.errors import ErrorCode as Code
from tests.faults.row import FaultRow, Words

STATION = (
    FaultRow(
        name="machine-link-lost",
        codes=(Code.MACHINE_LINK_LOST,),
        seconds=12,
        en=Words(
            "The connection to the machine is lost",
            "Nothing is heard of the machine for half a second.",
            "No part is passed. Results are kept and said again, each once, when the machine is "
            "back. The machine rejects by itself meanwhile.",
            "Check the cable and the controller.",
        ),
        zh=Words(
            "与设备的连接中断",
            "半秒钟没有收到设备的消息。",
            "不放行任何工件。结果被保留，设备恢复后逐个补发，每个一次。期间设备自行剔除。",
            "检查电缆和控制器。",
        ),
        de=Words(
            "Die Verbindung zur Maschine ist weg",
            "Eine halbe Sekunde lang ist nichts von der Maschine zu hören.",
            "Kein Teil wird freigegeben. Ergebnisse bleiben und werden nachgeliefert, jedes "
            "einmal. Die Maschine schleust inzwischen selbst aus.",
            "Kabel und Steuerung prüfen.",
        ),
    ),
    FaultRow(
        name="double-press",
        codes=(),
        seconds=0,
        en=Words(
            "A key is pressed twice",
            "Two presses within 0.3 s are one.",
            "The second press is not taken: no part is judged or decided twice.",
            "Nothing.",
        ),
        zh=Words(
            "按键重复",
            "0.3 秒内的两次按下算一次。",
            "第二次按下无效：不会有工件被判定或决定两次。",
            "无需操作。",
        ),
        de=Words(
            "Eine Taste wird zweimal gedrückt",
            "Zwei Drücke innerhalb von 0,3 s sind einer.",
            "Der zweite gilt nicht: Kein Teil wird zweimal beurteilt oder entschieden.",
            "Nichts.",
        ),
    ),
    FaultRow(
        name="hang",
        codes=(Code.LINE_LOST, Code.LINE_RESTARTED, Code.PARTS_INTERRUPTED),
        seconds=8,
        en=Words(
            "A driver or the model hangs",
            "Each part of the program shows life 5 times a second; 2 s of silence is a hang.",
            "The hanging process is ended and started again. The part in work is Not inspected.",
            "Find the parts that are named and inspect them again.",
        ),
        zh=Words(
            "驱动或模型卡死",
            "程序各部分每秒报告 5 次；沉默 2 秒即为卡死。",
            "结束卡死的进程并重新启动。正在处理的工件判为“未检”。",
            "找到所列工件并重新检测。",
        ),
        de=Words(
            "Ein Treiber oder das Modell hängt",
            "Jeder Teil des Programms zeigt 5-mal je Sekunde Leben; 2 s Stille ist ein Hänger.",
            "Der hängende Prozess wird beendet und neu gestartet. Das Teil in Arbeit ist „Nicht "
            "geprüft“.",
            "Die genannten Teile suchen und noch einmal prüfen.",
        ),
    ),
    FaultRow(
        name="power-loss",
        codes=(Code.PARTS_INTERRUPTED, Code.PART_INTERRUPTED),
        seconds=10,
        en=Words(
            "The power fails",
            "The next start finds the parts that were in work.",
            "Everything that was recorded is there, with its picture. The parts in work are Not "
            "inspected and listed.",
            "Find the parts that are named and inspect them again.",
        ),
        zh=Words(
            "断电",
            "下次启动时找出当时正在处理的工件。",
            "所有已记录的数据和图像都在。正在处理的工件判为“未检”并列出。",
            "找到所列工件并重新检测。",
        ),
        de=Words(
            "Der Strom fällt aus",
            "Der nächste Start findet die Teile, die in Arbeit waren.",
            "Alles Aufgezeichnete ist da, mit seinem Bild. Die Teile in Arbeit sind „Nicht "
            "geprüft“ und werden aufgezählt.",
            "Die genannten Teile suchen und noch einmal prüfen.",
        ),
    ),
    FaultRow(
        name="two-instances",
        codes=(Code.DATA_FOLDER_IN_USE,),
        seconds=0,
        en=Words(
            "The program is started twice",
            "A lock of the system on the data folder; it dies with its process.",
            "The second start brings the first window to the front and ends. The first goes on.",
            "Nothing.",
        ),
        zh=Words(
            "程序被启动两次",
            "数据文件夹上有系统锁，随进程结束而消失。",
            "第二次启动只把第一个窗口显示到前面，然后结束。第一个继续工作。",
            "无需操作。",
        ),
        de=Words(
            "Das Programm wird zweimal gestartet",
            "Eine Sperre des Systems auf dem Datenordner; sie endet mit ihrem Prozess.",
            "Der zweite Start holt das erste Fenster nach vorn und endet. Das erste läuft weiter.",
            "Nichts.",
        ),
    ),
    FaultRow(
        name="screen-change",
        codes=(),
        seconds=0,
        en=Words(
            "Another screen, size or scale",
            "The window hears it from the system.",
            "It arranges itself anew; the inspection goes on, as it has its own process.",
            "Nothing.",
        ),
        zh=Words(
            "更换屏幕、分辨率或缩放",
            "窗口由系统得知。",
            "窗口重新排列；检测在自己的进程中继续。",
            "无需操作。",
        ),
        de=Words(
            "Anderer Bildschirm, andere Größe oder Skalierung",
            "Das Fenster erfährt es vom System.",
            "Es ordnet sich neu; die Prüfung läuft in ihrem eigenen Prozess weiter.",
            "Nichts.",
        ),
    ),
    FaultRow(
        name="non-latin-paths",
        codes=(),
        seconds=0,
        en=Words(
            "Folders with letters of any alphabet",
            "Nothing has to be noticed: every path works.",
            "Pictures, records and models are read and written as everywhere else.",
            "Nothing.",
        ),
        zh=Words(
            "路径含任意文字",
            "无需察觉：任何路径都可用。",
            "图像、记录和模型照常读写。",
            "无需操作。",
        ),
        de=Words(
            "Ordner mit Buchstaben jeder Schrift",
            "Es muss nichts bemerkt werden: Jeder Pfad geht.",
            "Bilder, Aufzeichnungen und Modelle werden wie überall gelesen und geschrieben.",
            "Nichts.",
        ),
    ),
    FaultRow(
        name="sleep",
        codes=(Code.SLEPT, Code.LINE_RESTARTED),
        seconds=8,
        en=Words(
            "The PC was asleep",
            "Two clocks are compared, one of which stands still during sleep.",
            "The inspection starts again: camera, model and machine are connected anew.",
            "Inspect a golden sample before you go on. Switch off the PC’s energy saving.",
        ),
        zh=Words(
            "电脑休眠过",
            "比较两个时钟，其中一个在休眠时停走。",
            "检测重新启动：相机、模型和设备重新连接。",
            "继续前先检测一个标准件。关闭电脑的节能功能。",
        ),
        de=Words(
            "Der PC hat geschlafen",
            "Zwei Uhren werden verglichen, von denen eine im Schlaf stillsteht.",
            "Die Prüfung startet neu: Kamera, Modell und Maschine werden neu verbunden.",
            "Vor dem Weiterarbeiten ein Gutmuster prüfen. Energiesparen am PC abschalten.",
        ),
    ),
    FaultRow(
        name="slot-exception",
        codes=(Code.INTERNAL,),
        seconds=0,
        en=Words(
            "The window meets an error nobody expected",
            "Whatever nobody caught is caught at the end.",
            "The screen says so and the log has the details. The inspection goes on.",
            "If it happens again, call service and send the support bundle.",
        ),
        zh=Words(
            "窗口出现意外错误",
            "所有未处理的错误最终都会被捕获。",
            "屏幕提示，详情写入日志。检测继续。",
            "如再次发生，联系维修并发送支持包。",
        ),
        de=Words(
            "Das Fenster trifft auf einen unerwarteten Fehler",
            "Was niemand abfängt, wird am Ende abgefangen.",
            "Der Bildschirm sagt es, und das Protokoll hat die Einzelheiten. Die Prüfung läuft "
            "weiter.",
            "Bei Wiederholung den Service rufen und das Support-Paket schicken.",
        ),
    ),
    FaultRow(
        name="native-crash",
        codes=(Code.LINE_LOST, Code.LINE_RESTARTED, Code.PARTS_INTERRUPTED),
        seconds=5,
        en=Words(
            "A driver or the runtime crashes",
            "The process that looks after the others sees it end.",
            "It is started again at once. The part in work is Not inspected and listed. The "
            "window stays.",
            "Find the parts that are named and inspect them again.",
        ),
        zh=Words(
            "驱动或运行库崩溃",
            "监护进程发现其结束。",
            "立即重新启动。正在处理的工件判为“未检”并列出。窗口保持不变。",
            "找到所列工件并重新检测。",
        ),
        de=Words(
            "Ein Treiber oder die Laufzeit stürzt ab",
            "Der Prozess, der auf die anderen achtet, sieht das Ende.",
            "Sofort wird neu gestartet. Das Teil in Arbeit ist „Nicht geprüft“ und wird genannt. "
            "Das Fenster bleibt.",
            "Die genannten Teile suchen und noch einmal prüfen.",
        ),
    ),
    FaultRow(
        name="wrong-recipe",
        codes=(Code.RECIPE_WRONG_PRODUCT,),
        seconds=1,
        en=Words(
            "The part does not belong to the recipe",
            "The serial number of each part is compared with the recipe’s pattern.",
            "The part is Not inspected and rejected. The next right part is judged as usual.",
            "Check the part, or choose the recipe of this product.",
        ),
        zh=Words(
            "工件与配方不符",
            "每个工件的序列号都与配方的格式比较。",
            "工件判为“未检”并剔除。下一个正确的工件照常判定。",
            "检查工件，或选择该产品的配方。",
        ),
        de=Words(
            "Das Teil gehört nicht zum Rezept",
            "Die Seriennummer jedes Teils wird mit dem Muster des Rezepts verglichen.",
            "Das Teil ist „Nicht geprüft“ und wird ausgeschleust. Das nächste richtige wird wie "
            "sonst beurteilt.",
            "Das Teil prüfen oder das Rezept dieses Produkts wählen.",
        ),
    ),
)
