<?php
// Writes serialized.txt, a value a line, with base64 where PHP writes NUL bytes:
//   php8.2 serialized.php < people.json > serialized.txt      (people: made up; see tests/fixtures/people.py)
class User {
    public $name; protected $idno; private $tel; public $tags = [];
    function __construct($p) { $this->name = $p["name"]; $this->idno = $p["idno"]; $this->tel = $p["tel"]; }
}
function line($what, $value) { echo $what, "\t", base64_encode($value), "\n"; }
session_start();
foreach (json_decode(file_get_contents("php://stdin"), true) as $p) {
    line("array", serialize(["name" => $p["name"], "idno" => $p["idno"], "contacts" => [["tel" => $p["tel"]], ["tel" => null]],
                             "paid" => true, "sum" => 12.5, 7 => "seven"]));
    line("object", serialize(new User($p)));
    line("nested", serialize(["json" => json_encode(["name" => $p["name"]]), "again" => serialize(["email" => $p["email"]])]));
    $_SESSION = ["user" => ["name" => $p["name"], "tel" => $p["tel"]], "cart" => null, "count" => 3];
    line("session", session_encode());
}
