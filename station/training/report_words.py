"""The report's words in its three languages; the page itself has none."""

from collections.abc import Callable, Mapping

LANGUAGES = ("en", "de", "zh_CN")
Words = Callable[[str], str]

# key: English, German, Chinese
TABLE: Mapping[str, tuple[str, str, str]] = {
    "title": ("Evaluation of {name}", "Bewertung von {name}", "{name} 的评估"),
    "made": ("made", "erstellt", "生成时间"),
    "source": ("images", "Bilder", "图像"),
    "sha": ("SHA-256 of the data set", "SHA-256 des Datensatzes", "数据集 SHA-256"),
    "basis_kept_back": (
        "The candidate has learnt from none of these parts.",
        "Der Kandidat hat aus keinem dieser Teile gelernt.",
        "候选模型未学过这些工件。",
    ),
    "basis_crossed": (
        "The candidate has learnt from these parts. So each was judged, in cross-validation, by a "
        "model that had not seen it. Only the disturbed pictures are judged by the final model.",
        "Der Kandidat hat aus diesen Teilen gelernt. Darum hat jedes in der Kreuzvalidierung ein "
        "Modell beurteilt, das es nicht kannte. Nur die gestörten Bilder beurteilt das fertige.",
        "候选模型学过这些工件，因此每件都由交叉验证中未见过它的模型判定；"
        "只有干扰测试由最终模型判定。",
    ),
    "basis_unknown": (
        "Nothing shows that these parts were kept back: where the model learnt from some of them, "
        "its figures are too good.",
        "Nichts belegt, dass diese Teile zurückgehalten wurden: Hat das Modell aus einigen davon "
        "gelernt, sind seine Zahlen zu gut.",
        "无法证明这些工件已被留出：若模型学过其中一部分，数字会偏好。",
    ),
    "taught_here": (
        "Attention: {role} has learnt from exactly these images. Its figures here prove nothing.",
        "Achtung: {role} hat aus genau diesen Bildern gelernt. Die Zahlen hier beweisen nichts.",
        "注意：{role}正是用这些图像训练的，此处的数字不能证明任何事。",
    ),
    "candidate": ("Candidate", "Kandidat", "候选模型"),
    "incumbent": ("Incumbent", "Amtierendes Modell", "现用模型"),
    "int8": ("INT8", "INT8", "INT8"),
    "summary": ("Figures", "Zahlen", "指标"),
    "parts": ("Parts judged", "Beurteilte Teile", "判定的工件"),
    "escapes": ("Escapes", "Schlupf", "漏检"),
    "false_rejects": ("False rejects", "Pseudofehler", "过杀"),
    "reviews": ("For review", "Zur Nachprüfung", "待复核"),
    "accuracy": ("Right class", "Richtige Klasse", "类别正确"),
    "precision": ("Precision", "Genauigkeit (Precision)", "精确率"),
    "recall": ("Recall", "Trefferquote (Recall)", "召回率"),
    "f1": ("F1", "F1", "F1"),
    "auroc": ("AUROC", "AUROC", "AUROC"),
    "ap": ("Average precision", "Mittlere Precision (AP)", "平均精确率 (AP)"),
    "time": ("Time of a part, p50 / p95", "Zeit je Teil, p50 / p95", "单件用时 p50 / p95"),
    "bytes": ("Model file", "Modelldatei", "模型文件"),
    "size": ("Input", "Eingang", "输入尺寸"),
    "limits": ("Limits: review, NG", "Grenzen: Prüfen, NG", "限值：复核、NG"),
    "provider": ("Runs on", "Läuft auf", "运行于"),
    "method": ("Method", "Verfahren", "方法"),
    "crossed": (
        "Cross-validation, {folds} folds, {n} parts",
        "Kreuzvalidierung, {folds} Teilmengen, {n} Teile",
        "交叉验证，{folds} 折，{n} 件",
    ),
    "groups": (
        "By group ({n} groups): with an escape; with a false reject",
        "Nach Gruppen ({n}): mit Schlupf; mit Pseudofehler",
        "按组（{n} 组）：有漏检；有过杀",
    ),
    "interval": (
        "In brackets: where the true share lies with 95 % confidence (Wilson). Precision, recall "
        "and F1 are of stopping bad parts; stopped is NG or review.",
        "In Klammern: wo der wahre Anteil mit 95 % Sicherheit liegt (Wilson). Precision, Recall "
        "und F1 betreffen das Anhalten schlechter Teile; angehalten heißt NG oder Prüfen.",
        "方括号内为 95 % 置信区间（Wilson）。精确率、召回率和 F1 针对拦截不良件；"
        "NG 或复核均算拦截。",
    ),
    "none": ("none", "keine", "无"),
    "versus": ("Against {role}", "Gegen {role}", "对比{role}"),
    "both_right": ("Both right", "Beide richtig", "均正确"),
    "both_wrong": ("Both wrong", "Beide falsch", "均错误"),
    "first_only": ("Only candidate right", "Nur Kandidat richtig", "仅候选正确"),
    "second_only": ("Only the other right", "Nur das andere richtig", "仅对方正确"),
    "p": ("p (McNemar, exact)", "p (McNemar, exakt)", "p（McNemar 精确检验）"),
    "reading": ("Reading", "Lesart", "解读"),
    "same": (
        "The same parts are right and wrong.",
        "Dieselben Teile sind richtig und falsch.",
        "对错的工件完全相同。",
    ),
    "too_few": (
        "Too few parts changed to prove anything.",
        "Zu wenige Teile haben gewechselt, um etwas zu beweisen.",
        "变化的工件太少，不能证明任何事。",
    ),
    "chance": (
        "The difference may be chance.",
        "Der Unterschied kann Zufall sein.",
        "差异可能是偶然。",
    ),
    "first": (
        "The candidate is better, by more than chance.",
        "Der Kandidat ist besser, und das ist mehr als Zufall.",
        "候选模型更好，且超出偶然。",
    ),
    "second": (
        "The other is better, by more than chance.",
        "Das andere ist besser, und das ist mehr als Zufall.",
        "对方更好，且超出偶然。",
    ),
    "all_parts": ("All parts", "Alle Teile", "全部工件"),
    "bad_parts": ("Bad parts", "Schlechte Teile", "不良件"),
    "good_parts": ("Good parts", "Gute Teile", "良品"),
    "changed": (
        "Parts that changed sides: {n}",
        "Teile, die die Seite gewechselt haben: {n}",
        "判定改变的工件：{n}",
    ),
    "more": ("and {n} more", "und {n} weitere", "另有 {n} 件"),
    "image": ("Image", "Bild", "图像"),
    "truth": ("Truth", "Wahrheit", "真实类别"),
    "score": ("Score", "Wert", "得分"),
    "scores": ("Scores and limits", "Werte und Grenzen", "得分与限值"),
    "up_down": (
        "good parts up, bad parts down (root scale)",
        "gute Teile oben, schlechte unten (Wurzelskala)",
        "上为良品，下为不良件（平方根刻度）",
    ),
    "review_limit": ("review", "Prüfen", "复核"),
    "ng_limit": ("NG", "NG", "NG"),
    "roc": ("ROC", "ROC", "ROC"),
    "pr": ("Precision and recall", "Precision und Recall", "精确率与召回率"),
    "alarms": ("good parts above", "gute Teile darüber", "高于限值的良品"),
    "found": ("bad parts above", "schlechte Teile darüber", "高于限值的不良件"),
    "no_curve": (
        "Curves need good and bad parts.",
        "Kurven brauchen gute und schlechte Teile.",
        "曲线需要良品和不良件。",
    ),
    "classes": ("By class", "Nach Klassen", "按类别"),
    "confusion": ("Confusion", "Verwechslungen", "混淆矩阵"),
    "passed": ("OK", "OK", "OK"),
    "reviewed": ("REVIEW", "REVIEW", "REVIEW"),
    "rejected": ("NG", "NG", "NG"),
    "worst": ("Worst images", "Die schlechtesten Bilder", "最差图像"),
    "worst_good": (
        "Good parts with the highest scores",
        "Gute Teile mit den höchsten Werten",
        "得分最高的良品",
    ),
    "worst_bad": (
        "Bad parts with the lowest scores",
        "Schlechte Teile mit den niedrigsten Werten",
        "得分最低的不良件",
    ),
    "robust": ("Disturbed pictures", "Gestörte Bilder", "干扰测试"),
    "robust_note": (
        "A sample of the parts, changed before crop and resize. Patch and search are attacks by "
        "trial alone, without gradients: what they find is a lower bound of the harm. On a bad "
        "part the patch may simply cover the defect.",
        "Eine Auswahl der Teile, verändert vor Zuschnitt und Skalierung. Fleck und Suche sind "
        "Angriffe allein durch Probieren, ohne Gradienten: Der Schaden ist mindestens so groß. "
        "Auf einem schlechten Teil kann der Fleck einfach den Fehler verdecken.",
        "抽取部分工件，在裁剪缩放前改变。色块与搜索是不用梯度的试探性攻击，结果只是危害的下限。"
        "对不良件，色块可能恰好盖住缺陷。",
    ),
    "disturbance": ("Disturbance", "Störung", "干扰"),
    "kept": ("Same verdict", "Gleiches Urteil", "判定不变"),
    "kind_none": ("as it is", "unverändert", "原图"),
    "kind_light": ("light", "Licht", "光照"),
    "kind_blur": ("blur", "Unschärfe", "模糊"),
    "kind_noise": ("noise", "Rauschen", "噪声"),
    "kind_turn": ("turned", "gedreht", "旋转"),
    "kind_shift": ("shifted", "verschoben", "平移"),
    "kind_patch": ("worst patch", "schlimmster Fleck", "最坏色块"),
    "kind_search": ("random search", "Zufallssuche", "随机搜索"),
    "grey": ("grey values", "Grauwerte", "灰度级"),
    "skipped": ("Images left out", "Ausgelassene Bilder", "未使用的图像"),
}


def words(language: str) -> Words:
    """How that language says each key; English where the language is not one of ours."""
    column = LANGUAGES.index(language) if language in LANGUAGES else 0
    return lambda key: TABLE[key][column]
