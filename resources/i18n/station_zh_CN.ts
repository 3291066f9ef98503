<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>Decision</name>
        <message>
            <source>Accepted</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rejected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Taken back</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Dialog</name>
        <message>
            <source>Cancel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>OK</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Disposition</name>
        <message>
            <source>On hold</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rejected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Released</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Fault</name>
        <message>
            <source>A station already works on the data folder {path}. Use that one, or start this one with another folder (--data).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All images of {source} have been inspected. Choose another folder to go on.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It is too late to undo: that is possible for {seconds} seconds. Decide again and give a reason.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>More than one ONNX Runtime is installed ({installed}), and they overwrite each other. Uninstall all of them, then install Station with one extra.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>ONNX Runtime is not installed. Install Station with one of its extras: cpu, directml, cuda or openvino.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only {free} GB are left on the disk of {path}. Free some space soon.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Part {number} has been decided already. To change that, give a reason.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Something unexpected happened: {reason}. The part was not passed. If it happens again, call service.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The camera {source} is gone. Check the cable and the power; the station connects again by itself.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The camera {source} sends the same picture again and again. Unplug it and plug it in again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The camera {source} sent no picture within {seconds} s. Check cable, trigger and exposure.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The camera {source} was not found. Check the cable and the power, and that no other program uses it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The camera “{kind}” does not take “{option}” like that. Allowed: {allowed}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The card of the model {path} has a wrong value for “{field}”. Teach the model again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The class “{label}” has only {count} usable images in {path}; at least {minimum} are needed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The data folder {path} cannot be written to ({reason}). Choose another folder with --data, or have its permissions changed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The database {path} is damaged: {reason}. Nothing was deleted. Put the file aside and call service; the images are complete.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The database {path} was written by a newer program (form {found}, known {known}). Install the newer program.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The disk is full: {path}. Free some space; until then no part is passed, and nothing recorded is lost.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The folder {path} does not exist. Check the name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The image {path} does not exist. Check the name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The image {path} holds values of the kind {format}. Save it with 8 or 16 bits per channel.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The image {path} is too small: {width} × {height} pixels. At least {minimum} on each side are needed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The inspection region {roi} lies outside the picture of {width} × {height} pixels. Correct the region in the recipe, or the camera’s size.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The machine “{kind}” does not take “{option}” like that. Allowed: {allowed}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The model could not judge the part: {reason}. If it happens again, restart the station or choose the provider cpu.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The model file {path} does not exist. Check the name, or teach a model first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The model file {path} is not the one that the recipe was released with. Put the released file back, or release the recipe again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The model runs on {actual} and not on {wish}: slower than planned. Check the graphics driver, or choose the provider auto.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The model {path} does not take or give what its card says (expected {expected}, found {found}). Teach the model again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The model {path} has no card: it was not made by this station, and must be imported first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The picture of {source} is black. Check the light and the lens cap.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The recipe has a wrong value for “{field}”: {value}. Allowed: {allowed}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The recipe {path} cannot be read: {reason}. Correct the file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The settings in {path} are broken at “{field}”: {reason}. Correct that line, or put the file aside to start with the defaults.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The settings in {path} were written by a newer program (form {version}). Install the newer program, or choose another data folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The station is not ready ({state}). Wait until it is, or look at the message above.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The station is still busy with the parts before. Wait a moment; this part was not inspected.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There are no images in {path}. Choose a folder with PNG, JPEG, BMP, TIFF or WebP files.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There are no records in {path} yet. Check the folder, or run the station there first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no class “{label}”. Known: {known}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no decision to undo.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no kind of camera “{kind}”. Known: {known}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no kind of machine “{kind}”. Known: {known}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no method “{method}”. Known: {known}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no provider “{wish}”. Known: {known}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no recipe “{name}”. Known here: {known}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no record {uid} in this data folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is nothing to tell apart in {path}: found only {found}. Make one sub-folder for each class, at least two.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{path} cannot be written: {reason}. Check the disk; until then no part is passed, and nothing recorded is lost.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{path} cannot be written: {reason}. Choose another place.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{path} is not an ONNX model, or it is damaged. Choose a model file that this station taught.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{path} is not an image, or it is damaged. Save it again as PNG.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Inspect</name>
        <message>
            <source>A picture of a known good part, to compare with</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Accept</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Accepted by hand</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Another part has just come. Look, then press again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Another part lay there</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Another reason…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Being recorded…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>FAULT</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Golden</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Heat map</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Inspect part</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>LIVE</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Looked at the part again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lot {lot}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Measured the part</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No part inspected yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No picture yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Other…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Part {number}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pressed the wrong key</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reject</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rejected by hand</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rejected by hand: {label}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>SN {serial}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>STARTING</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>STOPPED</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Space</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Team leader decided</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The picture is not at hand</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This part was decided before. Why is it changed?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Undo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is wrong with the part?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>between {low} and {high}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>confirm {label}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>first-pass yield</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>inspected this shift</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>limit {limit}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not inspected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>part is bad</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>part is good</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>parts / min</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>reject as {label}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>waiting for review</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{ms} ms</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Label</name>
        <message>
            <source>Burr</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Crack</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Dent</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Good</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Missing hole</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scratch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stain</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ReviewRule</name>
        <message>
            <source>NG and unsure parts wait</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>every part waits</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>nothing waits</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>unsure parts wait</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>State</name>
        <message>
            <source>fault</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>inspecting</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>ready</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>starting</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>stopped</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>stopping</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Verdict</name>
        <message>
            <source>NG</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not inspected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>OK</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Review</source>
            <translation type="unfinished" />
        </message>
    </context>
</TS>
