<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>Dialog</name>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>确定</translation>
        </message>
    </context>
    <context>
        <name>Fault</name>
        <message>
            <source>A station already works on the data folder {path}. Use that one, or start this one with another folder (--data).</source>
            <translation>已有一个检测站在使用数据文件夹 {path}。请使用已打开的检测站，或用另一个文件夹启动（--data）。</translation>
        </message>
        <message>
            <source>All images of {source} have been inspected. Choose another folder to go on.</source>
            <translation>{source} 中的图像已全部检测完。请选择另一个文件夹继续。</translation>
        </message>
        <message>
            <source>Another program holds the records in {path}. Close it; until then parts are not inspected and nothing is lost.</source>
            <translation>另一个程序占用了 {path} 中的记录。请将其关闭；在此之前工件不作检测，数据不会丢失。</translation>
        </message>
        <message>
            <source>It is too late to undo: that is possible for {seconds} seconds. Decide again and give a reason.</source>
            <translation>已无法撤销：只能在 {seconds} 秒内撤销。请重新判定并说明原因。</translation>
        </message>
        <message>
            <source>More than one ONNX Runtime is installed ({installed}), and they overwrite each other. Uninstall all of them, then install Station with one extra.</source>
            <translation>安装了多个 ONNX Runtime（{installed}），它们会互相覆盖。请全部卸载，再用一个附加包安装 Station。</translation>
        </message>
        <message>
            <source>No station is running on the data folder {path}. Start it with “station run”, or name the right folder with --data.</source>
            <translation>数据文件夹 {path} 上没有正在运行的检测站。请用“station run”启动，或用 --data 指定正确的文件夹。</translation>
        </message>
        <message>
            <source>ONNX Runtime is not installed. Install Station with one of its extras: cpu, directml, cuda or openvino.</source>
            <translation>未安装 ONNX Runtime。请安装 Station 的一个附加包：cpu、directml、cuda 或 openvino。</translation>
        </message>
        <message>
            <source>Only {free} GB are free for {path}: no part is passed until there is room. Delete other files, or call service.</source>
            <translation>{path} 仅剩 {free} GB：有空间之前不放行任何工件。请删除其他文件或联系服务人员。</translation>
        </message>
        <message>
            <source>Only {free} GB are left on the disk of {path}. Free some space soon.</source>
            <translation>{path} 所在磁盘只剩 {free} GB。请尽快腾出空间。</translation>
        </message>
        <message>
            <source>Part {number} has been decided already. To change that, give a reason.</source>
            <translation>工件 {number} 已判定。如需改判，请说明原因。</translation>
        </message>
        <message>
            <source>Something unexpected happened: {reason}. The part was not passed. If it happens again, call service.</source>
            <translation>发生意外情况：{reason}。工件未放行。若再次发生，请联系技术支持。</translation>
        </message>
        <message>
            <source>The backup {path} is damaged: {reason}. Use another one; nothing was changed.</source>
            <translation>备份 {path} 已损坏：{reason}。请使用其他备份；未作任何更改。</translation>
        </message>
        <message>
            <source>The camera {source} is gone. Check the cable and the power; the station connects again by itself.</source>
            <translation>相机 {source} 断线。请检查线缆和电源；检测站会自动重新连接。</translation>
        </message>
        <message>
            <source>The camera {source} sends the same picture again and again. Unplug it and plug it in again.</source>
            <translation>相机 {source} 画面冻结，一直输出同一幅图像。请拔下后重新插上。</translation>
        </message>
        <message>
            <source>The camera {source} sent no picture within {seconds} s. Check cable, trigger and exposure.</source>
            <translation>相机 {source} 在 {seconds} 秒内没有传回图像。请检查线缆、触发和曝光。</translation>
        </message>
        <message>
            <source>The camera {source} was not found. Check the cable and the power, and that no other program uses it.</source>
            <translation>找不到相机 {source}。请检查线缆和电源，并确认没有其他程序占用它。</translation>
        </message>
        <message>
            <source>The camera “{kind}” does not take “{option}” like that. Allowed: {allowed}.</source>
            <translation>相机“{kind}”不接受这样的“{option}”。允许：{allowed}。</translation>
        </message>
        <message>
            <source>The card of the model {path} has a wrong value for “{field}”. Teach the model again.</source>
            <translation>模型 {path} 的说明卡中“{field}”的值有误。请重新示教模型。</translation>
        </message>
        <message>
            <source>The class “{label}” has only {count} usable images in {path}; at least {minimum} are needed.</source>
            <translation>{path} 中类别“{label}”只有 {count} 幅可用图像；至少需要 {minimum} 幅。</translation>
        </message>
        <message>
            <source>The clock of this PC jumped by {seconds} s. The order of the parts is kept; check date and time.</source>
            <translation>本机时钟跳变了 {seconds} 秒。工件顺序不受影响；请检查日期和时间。</translation>
        </message>
        <message>
            <source>The connection to the machine {address} is lost. Check cable and controller; the station connects again by itself, and no part is passed meanwhile.</source>
            <translation>与机器 {address} 的连接已断开。请检查网线和控制器；本站会自动重新连接，其间不放行任何工件。</translation>
        </message>
        <message>
            <source>The data folder {path} cannot be written to ({reason}). Choose another folder with --data, or have its permissions changed.</source>
            <translation>数据文件夹 {path} 无法写入（{reason}）。请用 --data 选择另一个文件夹，或让管理员修改权限。</translation>
        </message>
        <message>
            <source>The database {path} is damaged: {reason}. Nothing was deleted. Put the file aside and call service; the images are complete.</source>
            <translation>数据库 {path} 已损坏：{reason}。没有删除任何内容。请将此文件移到别处并联系技术支持；图像是完整的。</translation>
        </message>
        <message>
            <source>The database {path} was written by a newer program (form {found}, known {known}). Install the newer program.</source>
            <translation>数据库 {path} 由更新版本的程序写入（格式 {found}，已知 {known}）。请安装新版程序。</translation>
        </message>
        <message>
            <source>The disk is full: {path}. Free some space; until then no part is passed, and nothing recorded is lost.</source>
            <translation>磁盘已满：{path}。请腾出空间；在此之前不会放行任何工件，已记录的内容不会丢失。</translation>
        </message>
        <message>
            <source>The disk of {path} is slow: keeping a picture takes {ms} ms. Have the disk checked; the line may have to wait for it.</source>
            <translation>{path} 所在磁盘很慢：保存一幅图像需要 {ms} ms。请检查磁盘；检测线可能要等待它。</translation>
        </message>
        <message>
            <source>The disk of {path} will be full in {days} days. Make room, or set how long pictures are kept.</source>
            <translation>{path} 所在磁盘将在 {days} 天后写满。请清理空间，或设置图像保留时间。</translation>
        </message>
        <message>
            <source>The folder {path} does not exist. Check the name.</source>
            <translation>文件夹 {path} 不存在。请检查名称。</translation>
        </message>
        <message>
            <source>The folder {path} is not empty. Restore into an empty one, so that nothing is overwritten.</source>
            <translation>文件夹 {path} 不为空。请恢复到空文件夹，以免覆盖任何内容。</translation>
        </message>
        <message>
            <source>The graphics device ({provider}) is gone: {reason}. The line starts again by itself; if it happens again, it goes on without the device, more slowly.</source>
            <translation>图形设备（{provider}）已丢失：{reason}。检测线会自动重启；若再次发生，将不使用该设备、以较慢速度继续。</translation>
        </message>
        <message>
            <source>The image {path} does not exist. Check the name.</source>
            <translation>图像 {path} 不存在。请检查名称。</translation>
        </message>
        <message>
            <source>The image {path} holds values of the kind {format}. Save it with 8 or 16 bits per channel.</source>
            <translation>图像 {path} 的数值类型为 {format}，不受支持。请以每通道 8 位或 16 位保存。</translation>
        </message>
        <message>
            <source>The image {path} is too small: {width} × {height} pixels. At least {minimum} on each side are needed.</source>
            <translation>图像 {path} 太小：{width} × {height} 像素。每边至少需要 {minimum} 像素。</translation>
        </message>
        <message>
            <source>The inspection failed {count} times within {seconds} s. It is tried again every minute; call service.</source>
            <translation>检测程序在 {seconds} 秒内失败 {count} 次。每分钟会重试一次；请联系服务人员。</translation>
        </message>
        <message>
            <source>The inspection has stopped answering and is being started again. Parts are rejected meanwhile; wait a moment.</source>
            <translation>检测程序无响应，正在重新启动。其间工件一律剔除；请稍候。</translation>
        </message>
        <message>
            <source>The inspection hung ({thread}, for {seconds} s) and is started again. If it happens again, call service.</source>
            <translation>检测程序卡住（{thread}，{seconds} 秒），正在重新启动。若再次发生，请联系服务人员。</translation>
        </message>
        <message>
            <source>The inspection region {roi} lies outside the picture of {width} × {height} pixels. Correct the region in the recipe, or the camera’s size.</source>
            <translation>检测区域 {roi} 超出 {width} × {height} 像素的图像。请修改配方中的区域或相机的尺寸。</translation>
        </message>
        <message>
            <source>The inspection uses {mb} MB of memory ({since_mb} MB after its start) and is started again between two parts.</source>
            <translation>检测程序占用内存 {mb} MB（启动后为 {since_mb} MB），将在两件之间重新启动。</translation>
        </message>
        <message>
            <source>The inspection was started again ({reason}). Parts that were in work were not inspected; find them in the list.</source>
            <translation>检测程序已重新启动（{reason}）。当时在检的工件未检；请在列表中查找。</translation>
        </message>
        <message>
            <source>The machine “{kind}” does not take “{option}” like that. Allowed: {allowed}.</source>
            <translation>设备“{kind}”不接受这样的“{option}”。允许：{allowed}。</translation>
        </message>
        <message>
            <source>The model could not judge the part: {reason}. If it happens again, restart the station or choose the provider cpu.</source>
            <translation>模型无法判定工件：{reason}。若再次发生，请重启检测站，或选择 cpu 作为运算设备。</translation>
        </message>
        <message>
            <source>The model file {path} does not exist. Check the name, or teach a model first.</source>
            <translation>模型文件 {path} 不存在。请检查名称，或先示教一个模型。</translation>
        </message>
        <message>
            <source>The model file {path} is not the one that the recipe was released with. Put the released file back, or release the recipe again.</source>
            <translation>模型文件 {path} 不是配方发布时的那一个。请放回原文件，或重新发布配方。</translation>
        </message>
        <message>
            <source>The model needs {ms} ms for a part; the recipe allows {limit} ms. Check that the graphics card is used, or choose a smaller model.</source>
            <translation>模型判定一件需要 {ms} ms，配方只允许 {limit} ms。请检查是否使用了显卡，或选择更小的模型。</translation>
        </message>
        <message>
            <source>The model runs on {actual} and not on {wish}: slower than planned. Check the graphics driver, or choose the provider auto.</source>
            <translation>模型降级运行在 {actual} 上而非 {wish}，速度较慢。请检查显卡驱动，或选择 auto。</translation>
        </message>
        <message>
            <source>The model {path} does not take or give what its card says (expected {expected}, found {found}). Teach the model again.</source>
            <translation>模型 {path} 的输入或输出与其说明卡不符（应为 {expected}，实为 {found}）。请重新示教模型。</translation>
        </message>
        <message>
            <source>The model {path} has no card: it was not made by this station, and must be imported first.</source>
            <translation>模型 {path} 没有说明卡：它不是由本检测站生成的，须先导入。</translation>
        </message>
        <message>
            <source>The model {path} is refused, as it could do harm: {reason}. Use a model made by this program or from a source you trust.</source>
            <translation>模型 {path} 可能有害，已被拒绝：{reason}。请使用本程序生成的模型或可信来源的模型。</translation>
        </message>
        <message>
            <source>The picture of {source} is black. Check the light and the lens cap.</source>
            <translation>{source} 的图像全黑。请检查光源和镜头盖。</translation>
        </message>
        <message>
            <source>The picture of {source} is blurred (sharpness {focus}, at least {limit} is needed). Check the focus, and clean the lens.</source>
            <translation>{source} 的画面模糊（清晰度 {focus}，至少需要 {limit}）。请检查对焦并清洁镜头。</translation>
        </message>
        <message>
            <source>The picture of {source} is over-exposed: {percent} % of it is white. Check the light and the exposure time.</source>
            <translation>{source} 的画面曝光过度：{percent} % 为全白。请检查光源和曝光时间。</translation>
        </message>
        <message>
            <source>The plant server {address} does not answer: {reason}. Everything is kept here and copied when it answers again.</source>
            <translation>工厂服务器 {address} 无响应：{reason}。所有数据保存在本机，恢复后自动复制。</translation>
        </message>
        <message>
            <source>The recipe has a wrong value for “{field}”: {value}. Allowed: {allowed}.</source>
            <translation>配方中“{field}”的值有误：{value}。允许：{allowed}。</translation>
        </message>
        <message>
            <source>The recipe {path} cannot be read: {reason}. Correct the file.</source>
            <translation>配方 {path} 无法读取：{reason}。请改正此文件。</translation>
        </message>
        <message>
            <source>The records were damaged ({reason}). The old file was put aside as {path}, new records have begun, and the old ones are being saved. Tell service, then confirm.</source>
            <translation>记录已损坏（{reason}）。旧文件已另存为 {path}，新记录已开始，旧记录正在抢救。请通知服务人员，然后确认。</translation>
        </message>
        <message>
            <source>The records {path} were missing although pictures are there. New records have begun, and the old ones are rebuilt from the pictures. Tell service, then confirm.</source>
            <translation>图像还在，但记录 {path} 缺失。新记录已开始，旧记录正从图像重建。请通知服务人员，然后确认。</translation>
        </message>
        <message>
            <source>The serial number “{serial}” does not belong to the recipe “{recipe}”. Check the part, or choose the recipe of this product.</source>
            <translation>序列号“{serial}”不属于配方“{recipe}”。请检查该件，或选择此产品的配方。</translation>
        </message>
        <message>
            <source>The settings in {path} are broken at “{field}”: {reason}. Correct that line, or put the file aside to start with the defaults.</source>
            <translation>设置文件 {path} 在“{field}”处有误：{reason}。请改正该行，或移走此文件以默认设置启动。</translation>
        </message>
        <message>
            <source>The settings in {path} were broken at “{field}” ({reason}); the last good ones are in use. Check what was changed last, then confirm.</source>
            <translation>{path} 中的设置在“{field}”处损坏（{reason}），现使用上一次有效的设置。请检查最近的更改，然后确认。</translation>
        </message>
        <message>
            <source>The settings in {path} were written by a newer program (form {version}). Install the newer program, or choose another data folder.</source>
            <translation>{path} 中的设置由更新版本的程序写入（格式 {version}）。请安装新版程序，或选择另一个数据文件夹。</translation>
        </message>
        <message>
            <source>The station is not ready ({state}). Wait until it is, or look at the message above.</source>
            <translation>检测站未就绪（{state}）。请等待就绪，或查看上方的提示。</translation>
        </message>
        <message>
            <source>The station is still busy with the parts before. Wait a moment; this part was not inspected.</source>
            <translation>检测站还在处理前面的工件。请稍等；此工件未检。</translation>
        </message>
        <message>
            <source>The station stopped while this part was in work; it was not inspected. Find the part and inspect it again.</source>
            <translation>该件在检时检测站停止，因此未检。请找到该件并重新检测。</translation>
        </message>
        <message>
            <source>There are no images in {path}. Choose a folder with PNG, JPEG, BMP, TIFF or WebP files.</source>
            <translation>{path} 中没有图像。请选择含有 PNG、JPEG、BMP、TIFF 或 WebP 文件的文件夹。</translation>
        </message>
        <message>
            <source>There are no records in {path} yet. Check the folder, or run the station there first.</source>
            <translation>{path} 中还没有记录。请检查文件夹，或先在那里运行检测站。</translation>
        </message>
        <message>
            <source>There is no class “{label}”. Known: {known}.</source>
            <translation>没有类别“{label}”。现有：{known}。</translation>
        </message>
        <message>
            <source>There is no decision to undo.</source>
            <translation>没有可撤销的判定。</translation>
        </message>
        <message>
            <source>There is no kind of camera “{kind}”. Known: {known}.</source>
            <translation>没有“{kind}”这种相机。可用：{known}。</translation>
        </message>
        <message>
            <source>There is no kind of machine “{kind}”. Known: {known}.</source>
            <translation>没有“{kind}”这种设备。可用：{known}。</translation>
        </message>
        <message>
            <source>There is no method “{method}”. Known: {known}.</source>
            <translation>没有方法“{method}”。可用：{known}。</translation>
        </message>
        <message>
            <source>There is no provider “{wish}”. Known: {known}.</source>
            <translation>没有运算设备“{wish}”。可用：{known}。</translation>
        </message>
        <message>
            <source>There is no recipe “{name}”. Known here: {known}.</source>
            <translation>没有配方“{name}”。现有：{known}。</translation>
        </message>
        <message>
            <source>There is no record {uid} in this data folder.</source>
            <translation>此数据文件夹中没有记录 {uid}。</translation>
        </message>
        <message>
            <source>There is nothing to export: no part fits the filter. Choose a longer time or fewer conditions.</source>
            <translation>没有可导出的内容：没有符合筛选条件的工件。请选择更长的时间或更少的条件。</translation>
        </message>
        <message>
            <source>There is nothing to tell apart in {path}: found only {found}. Make one sub-folder for each class, at least two.</source>
            <translation>{path} 中没有可区分的类别：只找到 {found}。请为每个类别建一个子文件夹，至少两个。</translation>
        </message>
        <message>
            <source>There was not enough memory to judge a part: {reason}. The line starts again by itself; close other programs on this PC.</source>
            <translation>内存不足，无法判定工件：{reason}。检测线会自动重启；请关闭本机上的其他程序。</translation>
        </message>
        <message>
            <source>This PC was asleep for {seconds} s. Camera and machine are connected again; inspect a golden sample before you go on.</source>
            <translation>本机休眠了 {seconds} 秒。相机和机器已重新连接；继续前请先检测标准样件。</translation>
        </message>
        <message>
            <source>This needs a part of the program that is not installed: {extra}. Install it with: pip install "station[{extra}]".</source>
            <translation>此功能需要未安装的组件：{extra}。安装命令：pip install "station[{extra}]"。</translation>
        </message>
        <message>
            <source>{count} parts were in work when the station stopped, and were not inspected: {numbers}. Find them and inspect them again.</source>
            <translation>检测站停止时有 {count} 件在检，均未检：{numbers}。请找到这些件并重新检测。</translation>
        </message>
        <message>
            <source>{path} cannot be written: {reason}. Check the disk; until then no part is passed, and nothing recorded is lost.</source>
            <translation>{path} 无法写入：{reason}。请检查磁盘；在此之前不会放行任何工件，已记录的内容不会丢失。</translation>
        </message>
        <message>
            <source>{path} cannot be written: {reason}. Choose another place.</source>
            <translation>{path} 无法写入：{reason}。请选择另一个位置。</translation>
        </message>
        <message>
            <source>{path} is not an ONNX model, or it is damaged. Choose a model file that this station taught.</source>
            <translation>{path} 不是 ONNX 模型，或已损坏。请选择由本检测站示教的模型文件。</translation>
        </message>
        <message>
            <source>{path} is not an image, or it is damaged. Save it again as PNG.</source>
            <translation>{path} 不是图像，或已损坏。请重新保存为 PNG。</translation>
        </message>
        <message>
            <source>{rows} records were saved or rebuilt from the pictures; {failed} could not be read. Check the newest parts in the history, then confirm.</source>
            <translation>已抢救或从图像重建 {rows} 条记录，{failed} 条无法读取。请在历史中检查最新的工件，然后确认。</translation>
        </message>
        <message>
            <source>“{address}” is no address of a plant server. Possible: {known}.</source>
            <translation>“{address}”不是工厂服务器地址。可用格式：{known}。</translation>
        </message>
    </context>
    <context>
        <name>History</name>
        <message>
            <source>(taken back)</source>
            <translation>（已撤回）</translation>
        </message>
        <message>
            <source>+1 day</source>
            <translation>+1 天</translation>
        </message>
        <message>
            <source>+1 h</source>
            <translation>+1 小时</translation>
        </message>
        <message>
            <source>30 days</source>
            <translation>30 天</translation>
        </message>
        <message>
            <source>7 days</source>
            <translation>7 天</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>判为合格</translation>
        </message>
        <message>
            <source>All</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>相机</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>清除</translation>
        </message>
        <message>
            <source>Computed by</source>
            <translation>计算单元</translation>
        </message>
        <message>
            <source>Decision</source>
            <translation>复判</translation>
        </message>
        <message>
            <source>Defect</source>
            <translation>缺陷</translation>
        </message>
        <message>
            <source>Duration</source>
            <translation>用时</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>Export the parts that are asked for</source>
            <translation>导出所筛选的工件</translation>
        </message>
        <message>
            <source>Export to</source>
            <translation>导出到</translation>
        </message>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>From</source>
            <translation>从</translation>
        </message>
        <message>
            <source>From when to when?</source>
            <translation>从何时到何时？</translation>
        </message>
        <message>
            <source>From … to …</source>
            <translation>从…到…</translation>
        </message>
        <message>
            <source>Known label</source>
            <translation>已知标签</translation>
        </message>
        <message>
            <source>Limits</source>
            <translation>限值</translation>
        </message>
        <message>
            <source>Lot</source>
            <translation>批次</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>More…</source>
            <translation>更多…</translation>
        </message>
        <message>
            <source>Newer</source>
            <translation>较新</translation>
        </message>
        <message>
            <source>No part fits. Choose a longer time or fewer conditions.</source>
            <translation>没有符合条件的工件。请选择更长的时间或更少的条件。</translation>
        </message>
        <message>
            <source>Nothing has been recorded yet</source>
            <translation>还没有任何记录</translation>
        </message>
        <message>
            <source>Older</source>
            <translation>较早</translation>
        </message>
        <message>
            <source>Operator</source>
            <translation>操作员</translation>
        </message>
        <message>
            <source>Or type it here</source>
            <translation>或在此输入</translation>
        </message>
        <message>
            <source>Part</source>
            <translation>工件</translation>
        </message>
        <message>
            <source>Parts</source>
            <translation>工件</translation>
        </message>
        <message>
            <source>Picture deleted: {why}</source>
            <translation>图片已删除：{why}</translation>
        </message>
        <message>
            <source>Picture kept for good: {why}</source>
            <translation>图片永久保留：{why}</translation>
        </message>
        <message>
            <source>Pictures and table (ZIP)</source>
            <translation>图片和表格（ZIP）</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>配方</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>判为不合格</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>得分</translation>
        </message>
        <message>
            <source>Scores</source>
            <translation>各类得分</translation>
        </message>
        <message>
            <source>Serial</source>
            <translation>序列号</translation>
        </message>
        <message>
            <source>Serial number, or its beginning and *</source>
            <translation>序列号，或其开头加 *</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>来源</translation>
        </message>
        <message>
            <source>Started by</source>
            <translation>触发方式</translation>
        </message>
        <message>
            <source>Station</source>
            <translation>工位</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Table (CSV)</source>
            <translation>表格（CSV）</translation>
        </message>
        <message>
            <source>Table (Excel)</source>
            <translation>表格（Excel）</translation>
        </message>
        <message>
            <source>Taken back</source>
            <translation>撤回</translation>
        </message>
        <message>
            <source>The machine was told: good part</source>
            <translation>已通知设备：合格件</translation>
        </message>
        <message>
            <source>The machine was told: hold</source>
            <translation>已通知设备：扣留</translation>
        </message>
        <message>
            <source>The machine was told: sort out</source>
            <translation>已通知设备：剔除</translation>
        </message>
        <message>
            <source>The newest {count} parts, more below</source>
            <translation>最新 {count} 件，下面还有</translation>
        </message>
        <message>
            <source>The picture was deleted on {when}</source>
            <translation>图片已于 {when} 删除</translation>
        </message>
        <message>
            <source>The records cannot be read now</source>
            <translation>现在无法读取记录</translation>
        </message>
        <message>
            <source>There is no picture of this part</source>
            <translation>此工件没有图片</translation>
        </message>
        <message>
            <source>This shift</source>
            <translation>本班</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>To</source>
            <translation>到</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>今天</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>判定</translation>
        </message>
        <message>
            <source>Verdict {verdict}</source>
            <translation>判定结果：{verdict}</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>待复判</translation>
        </message>
        <message>
            <source>button</source>
            <translation>按钮</translation>
        </message>
        <message>
            <source>challenge part</source>
            <translation>挑战件</translation>
        </message>
        <message>
            <source>command</source>
            <translation>命令</translation>
        </message>
        <message>
            <source>golden sample</source>
            <translation>标准样件</translation>
        </message>
        <message>
            <source>its time was over</source>
            <translation>已过保留期</translation>
        </message>
        <message>
            <source>keyboard</source>
            <translation>键盘</translation>
        </message>
        <message>
            <source>machine</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>parts in this time</source>
            <translation>此时段的工件</translation>
        </message>
        <message>
            <source>review from {low}, NG from {high}</source>
            <translation>{low} 起待复判，{high} 起不合格</translation>
        </message>
        <message>
            <source>sample for training</source>
            <translation>训练样本</translation>
        </message>
        <message>
            <source>timer</source>
            <translation>定时器</translation>
        </message>
        <message>
            <source>yield: {ok} of {parts}</source>
            <translation>良率：{parts} 中 {ok}</translation>
        </message>
        <message>
            <source>{count} new</source>
            <translation>{count} 件新</translation>
        </message>
        <message>
            <source>{count} parts saved</source>
            <translation>已保存 {count} 件</translation>
        </message>
        <message>
            <source>{count} parts written</source>
            <translation>已写 {count} 件</translation>
        </message>
        <message>
            <source>{count} parts, newest first</source>
            <translation>{count} 件，最新在前</translation>
        </message>
        <message>
            <source>{count} pictures are missing; the table in the file names them.</source>
            <translation>缺少 {count} 张图片；文件中的表格列出了它们。</translation>
        </message>
        <message>
            <source>{whole}, the model {share}</source>
            <translation>{whole}，其中模型 {share}</translation>
        </message>
        <message>
            <source>−1 day</source>
            <translation>−1 天</translation>
        </message>
        <message>
            <source>−1 h</source>
            <translation>−1 小时</translation>
        </message>
    </context>
    <context>
        <name>Inspect</name>
        <message>
            <source>A picture of a known good part, to compare with</source>
            <translation>标准样件的图像，供对比</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>合格</translation>
        </message>
        <message>
            <source>Accepted by hand</source>
            <translation>人工判为合格</translation>
        </message>
        <message>
            <source>Another part has just come. Look, then press again.</source>
            <translation>刚来了下一个工件。请看清后再按一次。</translation>
        </message>
        <message>
            <source>Another part lay there</source>
            <translation>放的是另一个工件</translation>
        </message>
        <message>
            <source>Another reason…</source>
            <translation>其他原因…</translation>
        </message>
        <message>
            <source>Being recorded…</source>
            <translation>正在记录…</translation>
        </message>
        <message>
            <source>FAULT</source>
            <translation>故障</translation>
        </message>
        <message>
            <source>Golden</source>
            <translation>标准样件</translation>
        </message>
        <message>
            <source>Heat map</source>
            <translation>热力图</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>图像</translation>
        </message>
        <message>
            <source>Inspect part</source>
            <translation>检测工件</translation>
        </message>
        <message>
            <source>LIVE</source>
            <translation>实时</translation>
        </message>
        <message>
            <source>Looked at the part again</source>
            <translation>重新看过工件</translation>
        </message>
        <message>
            <source>Lot {lot}</source>
            <translation>批次 {lot}</translation>
        </message>
        <message>
            <source>Measured the part</source>
            <translation>测量过工件</translation>
        </message>
        <message>
            <source>No part inspected yet</source>
            <translation>尚未检测工件</translation>
        </message>
        <message>
            <source>No picture yet</source>
            <translation>暂无图像</translation>
        </message>
        <message>
            <source>Other…</source>
            <translation>其他…</translation>
        </message>
        <message>
            <source>Part {number}</source>
            <translation>工件 {number}</translation>
        </message>
        <message>
            <source>Pressed the wrong key</source>
            <translation>按错了键</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>不合格</translation>
        </message>
        <message>
            <source>Rejected by hand</source>
            <translation>人工判为不合格</translation>
        </message>
        <message>
            <source>Rejected by hand: {label}</source>
            <translation>人工判为不合格：{label}</translation>
        </message>
        <message>
            <source>SN {serial}</source>
            <translation>序列号 {serial}</translation>
        </message>
        <message>
            <source>STARTING</source>
            <translation>启动中</translation>
        </message>
        <message>
            <source>STOPPED</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>空格</translation>
        </message>
        <message>
            <source>Team leader decided</source>
            <translation>班组长决定</translation>
        </message>
        <message>
            <source>The picture is not at hand</source>
            <translation>图像暂不可用</translation>
        </message>
        <message>
            <source>This part was decided before. Why is it changed?</source>
            <translation>此工件已判定过，为何改判？</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>What is wrong with the part?</source>
            <translation>工件有什么缺陷？</translation>
        </message>
        <message>
            <source>between {low} and {high}</source>
            <translation>介于 {low} 与 {high} 之间</translation>
        </message>
        <message>
            <source>confirm {label}</source>
            <translation>确认{label}</translation>
        </message>
        <message>
            <source>first-pass yield</source>
            <translation>直通率</translation>
        </message>
        <message>
            <source>inspected this shift</source>
            <translation>本班已检</translation>
        </message>
        <message>
            <source>limit {limit}</source>
            <translation>阈值 {limit}</translation>
        </message>
        <message>
            <source>not inspected</source>
            <translation>未检</translation>
        </message>
        <message>
            <source>part is bad</source>
            <translation>工件有缺陷</translation>
        </message>
        <message>
            <source>part is good</source>
            <translation>工件良好</translation>
        </message>
        <message>
            <source>parts / min</source>
            <translation>件 / 分钟</translation>
        </message>
        <message>
            <source>reject as {label}</source>
            <translation>判为{label}</translation>
        </message>
        <message>
            <source>waiting for review</source>
            <translation>待复判</translation>
        </message>
        <message>
            <source>{ms} ms</source>
            <translation>{ms} ms</translation>
        </message>
    </context>
    <context>
        <name>Label</name>
        <message>
            <source>Burr</source>
            <translation>毛刺</translation>
        </message>
        <message>
            <source>Crack</source>
            <translation>裂纹</translation>
        </message>
        <message>
            <source>Dent</source>
            <translation>凹坑</translation>
        </message>
        <message>
            <source>Good</source>
            <translation>良品</translation>
        </message>
        <message>
            <source>Missing hole</source>
            <translation>缺孔</translation>
        </message>
        <message>
            <source>Scratch</source>
            <translation>划痕</translation>
        </message>
        <message>
            <source>Stain</source>
            <translation>脏污</translation>
        </message>
    </context>
    <context>
        <name>Review</name>
        <message>
            <source>Nothing waits for review</source>
            <translation>没有待复判的工件</translation>
        </message>
        <message>
            <source>Waiting for review: {count}</source>
            <translation>待复判：{count}</translation>
        </message>
        <message>
            <source>{hours} h</source>
            <translation>{hours} 小时</translation>
        </message>
        <message>
            <source>{minutes} min</source>
            <translation>{minutes} 分钟</translation>
        </message>
    </context>
    <context>
        <name>State</name>
        <message>
            <source>fault</source>
            <translation>故障</translation>
        </message>
        <message>
            <source>inspecting</source>
            <translation>检测中</translation>
        </message>
        <message>
            <source>ready</source>
            <translation>就绪</translation>
        </message>
        <message>
            <source>starting</source>
            <translation>启动中</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>stopping</source>
            <translation>停止中</translation>
        </message>
    </context>
    <context>
        <name>Verdict</name>
        <message>
            <source>NG</source>
            <translation>不合格</translation>
        </message>
        <message>
            <source>Not inspected</source>
            <translation>未检</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>合格</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>待复判</translation>
        </message>
    </context>
    <context>
        <name>Window</name>
        <message>
            <source>Camera</source>
            <translation>相机</translation>
        </message>
        <message>
            <source>Confirm</source>
            <translation>确认</translation>
        </message>
        <message>
            <source>Disk</source>
            <translation>磁盘</translation>
        </message>
        <message>
            <source>History</source>
            <translation>历史</translation>
        </message>
        <message>
            <source>Inspect</source>
            <translation>检测</translation>
        </message>
        <message>
            <source>Light or dark</source>
            <translation>浅色或深色</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>复判</translation>
        </message>
        <message>
            <source>fault</source>
            <translation>故障</translation>
        </message>
        <message>
            <source>operator</source>
            <translation>操作员</translation>
        </message>
        <message>
            <source>slow: on {provider} only</source>
            <translation>降级：仅 {provider}</translation>
        </message>
        <message>
            <source>{count} more</source>
            <translation>还有 {count} 条</translation>
        </message>
        <message>
            <source>{days} days</source>
            <translation>{days} 天</translation>
        </message>
        <message>
            <source>{fps} fps</source>
            <translation>{fps} 帧/秒</translation>
        </message>
        <message>
            <source>{free} GB</source>
            <translation>{free} GB</translation>
        </message>
    </context>
</TS>
